package dev.partita.kube.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partita.kube.ClusterException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class CgroupsTest {

  @Test
  void withVersionOneEachHierarchyGetsAGroupBelowThisProcesss() {
    Cgroups cgroups =
        Cgroups.of(
            List.of(
                "31 23 0:28 / /sys/fs/cgroup rw,relatime - tmpfs tmpfs rw,mode=755",
                "32 31 0:29 / /sys/fs/cgroup/cpu,cpuacct rw - cgroup cgroup rw,cpu,cpuacct",
                "35 31 0:32 / /sys/fs/cgroup/memory rw,relatime - cgroup cgroup rw,memory",
                "40 31 0:37 / /sys/fs/cgroup/systemd rw,relatime - cgroup cgroup rw,name=systemd",
                "41 31 0:38 / /sys/fs/cgroup/unified rw,relatime - cgroup2 cgroup2 rw"),
            List.of("9:name=systemd:/", "4:memory:/mine", "1:cpu,cpuacct:/", "0::/"),
            "partita-kube-x");
    assertThat(cgroups.version()).isEqualTo(1);
    assertThat(cgroups.roots())
        .containsExactly(
            Path.of("/sys/fs/cgroup/cpu,cpuacct/partita-kube-x"),
            Path.of("/sys/fs/cgroup/memory/mine/partita-kube-x"),
            Path.of("/sys/fs/cgroup/systemd/partita-kube-x"));
  }

  @Test
  void aHierarchyOfWhichOnlyAPartIsMountedIsSeenFromThere() {
    Cgroups cgroups =
        Cgroups.of(
            List.of("35 31 0:32 /docker/1 /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory"),
            List.of("4:memory:/docker/1/below"),
            "p");
    assertThat(cgroups.roots()).containsExactly(Path.of("/sys/fs/cgroup/memory/below/p"));
  }

  @Test
  void withVersionTwoThereIsOneAtTheTop() {
    Cgroups cgroups =
        Cgroups.of(
            List.of("31 23 0:28 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw"),
            List.of("0::/user.slice/session-1.scope"),
            "p");
    assertThat(cgroups.version()).isEqualTo(2);
    assertThat(cgroups.roots()).containsExactly(Path.of("/sys/fs/cgroup/p"));
  }

  @Test
  void withoutAnyAKubeletCannotRun() {
    assertThatThrownBy(
            () -> Cgroups.of(List.of("1 2 0:28 / / rw - ext4 /dev/vda rw"), List.of(), "p"))
        .isInstanceOf(ClusterException.class)
        .hasMessageContaining("cgroups");
  }
}
