"""Several machines on one: their namespaces, the page's commands on each, a browser, and the month they go through."""
