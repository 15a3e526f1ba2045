"""What coordinators use: work lists, dashboards, stagnation inbox, directory, agreements."""
