"""The agreement engine against papers, other libraries, brute force and its own laws."""
