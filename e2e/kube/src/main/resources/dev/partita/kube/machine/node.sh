# Turns itself into the first process of a node: joins its cgroups and its network, then makes the
# other namespaces. Killing that process ends everything in the node at once, as a power cut does.
#
# Usage: sh node.sh ZONE NETWORK CLUSTER_FOLDER TOOLS_FOLDER CGROUP_FOLDER...
set -eu
PATH=$PATH:/usr/sbin:/sbin
export PATH
zone=$1 network=$2 cluster=$3 tools=$4
shift 4
for cgroup in "$@"; do
  echo $$ >"$cgroup/cgroup.procs"
done
# Not `ip netns exec`: that mounts another /sys, in which the cgroups cannot be seen.
exec nsenter --net="/run/netns/$network" \
  unshare --mount --uts --ipc --pid --cgroup --propagation private --fork --kill-child --mount-proc \
  sh "$cluster/conf/node-init.sh" "$zone" "$cluster" "$tools"
