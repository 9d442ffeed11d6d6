"""Depositing: the package that an archive asks for, made of an edition or received from others."""
