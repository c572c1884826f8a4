"""How do documents become an index?"""

import warnings

# Whoosh 2.7.4 holds string literals that Python 3.12 warns about when it compiles them: once where
# an installer compiled nothing, at every start where the installation cannot be written to. The
# searcher's terminal is no place for that. It stands here because `search` and `webapp` import
# `index` before they import Whoosh, and so does every worker process.
warnings.filterwarnings("ignore", category=SyntaxWarning, module=r".*[/\\]whoosh[/\\]")
