"""Risk assessments, and the safety plan with its versions."""
