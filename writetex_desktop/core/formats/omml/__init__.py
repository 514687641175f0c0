"""A formula as OMML, the form in which Word keeps equations in its files."""
