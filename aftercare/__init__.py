"""The two clocks, the contact schedule, check-ins with the four questions, out of sight, closing."""
