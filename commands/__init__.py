"""What the command line does: the stages wired together, one module a command."""
