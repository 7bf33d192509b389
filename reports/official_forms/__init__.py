"""Official forms as workbooks: what they show comes through the door, how they look is here."""
