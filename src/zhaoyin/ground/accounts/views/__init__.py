"""The pages of the entrance, and of one's own account."""
