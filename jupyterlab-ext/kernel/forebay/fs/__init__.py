"""`forebay://NAME@SEL/PATH` for fsspec, and so for pandas, pyarrow, dask, Hugging Face datasets and others.

fsspec is no dependency: whoever reads by it has it.
"""


def __getattr__(name: str):
    if name == "ForebayFileSystem":
        from .filesystem import ForebayFileSystem

        return ForebayFileSystem
    raise AttributeError(f"module '{__name__}' has no attribute '{name}'")
