"""The server part of Forebay in JupyterLab: the browser's way to this user's daemon."""


def _jupyter_labextension_paths():
    return [{"src": "labextension", "dest": "jupyterlab-forebay"}]


def _jupyter_server_extension_points():
    from .extension import ForebayExtension

    return [{"module": "jupyterlab_forebay", "app": ForebayExtension}]
