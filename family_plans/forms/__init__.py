"""The forms of the plan. They check the shape of what was typed; who may, and whether it can, is for the operations."""
