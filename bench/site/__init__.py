"""ArmsDB itself, with one address more: a view that does nothing, by which the cost of server and framework is told."""
