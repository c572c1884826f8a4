"""How does an operator see that all is well, and what was refused?"""
