"""The name of a module -> the module, which is loaded when something of it is first asked for.

For what most runs of a command do without. The import stands at the head of its file as any other, for
readers and for type checkers:

    if TYPE_CHECKING:
        from publisher import entry
    else:
        entry = lazily("publisher.entry")
"""

import sys
from importlib.util import LazyLoader, find_spec, module_from_spec
from types import ModuleType


def lazily(name: str) -> ModuleType:
    """Raises ModuleNotFoundError at once if there is no such module. Source: importlib.util.LazyLoader."""
    if name in sys.modules:
        return sys.modules[name]
    spec = find_spec(name)
    if spec is None or spec.loader is None:
        raise ModuleNotFoundError(f"No module named {name!r}", name=name)
    spec.loader = LazyLoader(spec.loader)
    module = module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module
