"""Network addresses: which of them are one visitor."""

import ipaddress


def network_of(address: str) -> str:
    """What to count together: an IPv4 address, or the /64 that one IPv6 household or host has to itself.

    Anything that is no address stays as it is.
    """
    try:
        found = ipaddress.ip_address(address.strip().partition("%")[0])
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv4Address):
        return str(found)
    if found.ipv4_mapped is not None:
        return str(found.ipv4_mapped)
    return str(ipaddress.ip_network((found, 64), strict=False))
