"""A concern reported, routed blindly, triaged; the meldcode steps; Veilig Thuis."""
