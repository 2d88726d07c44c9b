"""Limits of control groups, from what systems of both versions show."""

from forebay.recording.limits import Limit, cpu_limit, cpu_used, memory_limit, memory_used

V1 = """32 31 0:29 / /sys/fs/cgroup/cpu,cpuacct rw,relatime - cgroup cgroup rw,cpu,cpuacct
35 31 0:32 / /sys/fs/cgroup/memory rw,relatime shared:9 - cgroup cgroup rw,memory
41 31 0:38 / /sys/fs/cgroup/unified rw,relatime - cgroup2 cgroup2 rw
"""


def files(tree: dict[str, str]):
    return lambda path: tree.get(path, "")


def test_version_1_the_limit_of_a_job_holds_in_its_step():
    job = "/sys/fs/cgroup/memory/slurm/job_7"
    cpu = "/sys/fs/cgroup/cpu,cpuacct/slurm/job_7"
    read = files(
        {
            "/proc/self/cgroup": "9:memory:/slurm/job_7/step_0\n3:cpu,cpuacct:/slurm/job_7/step_0\n0::/\n",
            "/proc/self/mountinfo": V1,
            f"{job}/step_0/memory.limit_in_bytes": "9223372036854771712\n",
            f"{job}/memory.limit_in_bytes": "8589934592\n",
            f"{job}/memory.usage_in_bytes": "3221225472\n",
            f"{job}/memory.stat": "inactive_file 1\ntotal_inactive_file 1073741824\n",
            f"{cpu}/cpu.cfs_quota_us": "400000\n",
            f"{cpu}/cpu.cfs_period_us": "100000\n",
            f"{cpu}/cpuacct.usage": "2500000000\n",
        }
    )
    limit = memory_limit(read, 64 * 10**9)
    assert limit == Limit(1, job, 2**33)
    assert memory_used(read, limit) == 2**31
    assert cpu_limit(read, 16) == Limit(1, cpu, 4.0)
    assert cpu_used(read, Limit(1, cpu, 4.0)) == 2.5
    assert cpu_limit(read, 4) is None


def test_version_2_a_container_sees_its_own_group_as_the_top():
    read = files(
        {
            "/proc/self/cgroup": "0::/\n",
            "/proc/self/mountinfo": "1300 1290 0:26 / /sys/fs/cgroup ro,nosuid - cgroup2 cgroup rw\n",
            "/sys/fs/cgroup/memory.max": "2147483648\n",
            "/sys/fs/cgroup/memory.current": "1610612736\n",
            "/sys/fs/cgroup/memory.stat": "anon 1000\ninactive_file 536870912\n",
            "/sys/fs/cgroup/cpu.max": "50000 100000\n",
            "/sys/fs/cgroup/cpu.stat": "usage_usec 1500000\nnr_periods 7\n",
        }
    )
    limit = memory_limit(read, 64 * 10**9)
    assert limit == Limit(2, "/sys/fs/cgroup", 2**31)
    assert memory_used(read, limit) == 2**30
    assert cpu_limit(read, 16) == Limit(2, "/sys/fs/cgroup", 0.5)
    assert cpu_used(read, Limit(2, "/sys/fs/cgroup", 0.5)) == 1.5


def test_a_group_that_can_not_be_seen_from_a_container_has_its_top_as_its_own():
    read = files(
        {
            "/proc/self/cgroup": "4:memory:/docker/4f2a/../sub\n",
            "/proc/self/mountinfo": r"700 690 0:32 /docker/4f2a /sys/fs/c\040group ro - cgroup cgroup rw,memory",
            "/sys/fs/c group/memory.limit_in_bytes": "1000000000\n",
        }
    )
    assert memory_limit(read, 64 * 10**9) == Limit(1, "/sys/fs/c group", 10**9)


def test_without_limits_there_are_none():
    group = "/sys/fs/cgroup/unified/a"
    read = files({"/proc/self/cgroup": "0::/a\n", "/proc/self/mountinfo": V1, f"{group}/cpu.max": "max 100000"})
    assert (memory_limit(read, 10**9), cpu_limit(read, 2)) == (None, None)
    assert (memory_limit(files({}), 10**9), cpu_limit(files({}), 2)) == (None, None)
