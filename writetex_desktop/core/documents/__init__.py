"""Files of results: `.docx`, `.odt`, `.tex`, `.md`, `.typ`, `.html`, `.ipynb`, written as bytes from blocks.

No file is opened here and no formula converted; it may use `formats`, and knows nothing of who wants a file.
"""
