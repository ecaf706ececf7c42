"""Open311 GeoReport v2 over appeals: discovery, services, requests, in XML and JSON."""
