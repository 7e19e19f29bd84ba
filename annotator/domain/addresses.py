"""Network addresses: which of them are one visitor."""

import ipaddress


def network_of(address: str) -> str:
    """What to count together: an IPv4 address, or the /64 that one IPv6 household or host has to itself.

    Anything that is no address stays as it is.
    """
    try:
        found = ipaddress.ip_address(without_port(address.strip()).partition("%")[0])
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv4Address):
        return str(found)
    if found.ipv4_mapped is not None:
        return str(found.ipv4_mapped)
    return str(ipaddress.ip_network((found, 64), strict=False))


def without_port(address: str) -> str:
    """Some proxies pass the port on: 192.0.2.7:51234, [2001:db8::1]:51234."""
    if address.startswith("["):
        return address[1:].partition("]")[0]
    return address.partition(":")[0] if address.count(":") == 1 else address
