"""fsspec's own tests of what can be read, on a version in the lake and on one that is cached."""

import os

import forebay
import pytest
from forebay.fs import ForebayFileSystem
from fsspec.implementations.local import LocalFileSystem
from fsspec.tests.abstract import AbstractFixtures, AbstractGetTests

from support import forebay as command

SCENARIOS = {
    "bulk": AbstractFixtures._bulk_operations_scenario_0,
    "glob": AbstractFixtures._glob_edge_cases_files,
    "prefix": AbstractFixtures._dir_and_file_with_same_name_prefix,
    "hashed": AbstractFixtures._10_files_with_hashed_names,
}


class Prepared(ForebayFileSystem):
    """The version holds already what the suite writes before it reads, and takes away after it."""

    def mkdir(self, path, *args, **kwargs):
        pass

    touch = rm = mkdir


@pytest.fixture(scope="module")
def suite(daemon, tmp_path_factory):
    folder = tmp_path_factory.mktemp("suite")
    for name, write in SCENARIOS.items():
        (folder / name).mkdir()
        write(AbstractFixtures(), LocalFileSystem(auto_mkdir=True), os.path.join, str(folder / name))
    (folder / "src").mkdir()
    (folder / "src" / "file").touch()
    command("data", "init", "suite", folder=folder)
    command("data", "sync", folder=folder)


class OnForebay(AbstractFixtures):
    @pytest.fixture
    def fs(self, suite):
        return Prepared(skip_instance_cache=True)

    @pytest.fixture
    def fs_path(self):
        return "suite@v1"

    @pytest.fixture
    def fs_join(self):
        return lambda *parts: "/".join(parts)

    @pytest.fixture
    def fs_target(self):
        return "suite@v1/target"

    @pytest.fixture
    def local_fs(self):
        return LocalFileSystem(auto_mkdir=True)

    @pytest.fixture
    def local_join(self):
        return os.path.join

    @pytest.fixture
    def local_path(self, tmp_path):
        return str(tmp_path)

    def _bulk_operations_scenario_0(self, fs, join, path):
        return f"{path}/bulk/source"

    def _glob_edge_cases_files(self, fs, join, path):
        return f"{path}/glob/source"

    def _dir_and_file_with_same_name_prefix(self, fs, join, path):
        return f"{path}/prefix/source"

    def _10_files_with_hashed_names(self, fs, join, path):
        return f"{path}/hashed/source"


class TestFromTheLake(OnForebay, AbstractGetTests):
    pass


class TestFromACache(OnForebay, AbstractGetTests):
    @pytest.fixture(autouse=True)
    def cached(self, suite):
        forebay.cache("suite@v1")
