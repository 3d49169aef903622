# The first process of a node. It makes the node's own view of the file system, then keeps
# containerd, kube-proxy and the kubelet running.
#
# /run/cluster  the cluster's folder      /run/node  the part of it that is this node's disk
# /run/tools    Kubernetes' programs
#
# Usage: node-init.sh ZONE CLUSTER_FOLDER TOOLS_FOLDER
set -eu
zone=$1 cluster=$2 tools=$3
node=node-$zone
address=198.18.0.$(case $zone in a) echo 11 ;; b) echo 12 ;; c) echo 13 ;; esac)

echo "$node" >/proc/sys/kernel/hostname
umask 022

# A new look at /sys, which shows this node's network; and this node's cgroups as if they were all.
controllers=$(sed -n 's/^[0-9]*:\([^:]*\):.*/\1/p' /proc/self/cgroup)
mount -t sysfs sysfs /sys
case $(cat "$cluster/conf/cgroup-version") in
  1)
    mount -t tmpfs -o mode=755 cgroups /sys/fs/cgroup
    for controller in $controllers; do
      mkdir "/sys/fs/cgroup/${controller#name=}"
      case $controller in
        name=*) mount -t cgroup -o "none,$controller" cgroup "/sys/fs/cgroup/${controller#name=}" ;;
        *) mount -t cgroup -o "$controller" cgroup "/sys/fs/cgroup/$controller" ;;
      esac
    done
    ;;
  2)
    mount -t cgroup2 cgroup2 /sys/fs/cgroup
    # A group that hands out controllers to its children may hold no process itself.
    mkdir -p /sys/fs/cgroup/init
    echo 1 >/sys/fs/cgroup/init/cgroup.procs
    for controller in $(cat /sys/fs/cgroup/cgroup.controllers); do
      echo "+$controller" >/sys/fs/cgroup/cgroup.subtree_control
    done
    ;;
esac

mount -t tmpfs -o mode=755 run /run
mkdir /run/cluster /run/node /run/tools /run/lock
mount --bind "$cluster" /run/cluster
mount --bind "$cluster/nodes/$zone" /run/node
mount --bind "$tools" /run/tools
# Over the machine's own folders, so that no empty ones are left behind in it.
mount -t tmpfs -o mode=755 lib /var/lib
for folder in kubelet containerd volumes; do
  mkdir -p "/var/lib/$folder" "/run/node/$folder"
  mount --bind "/run/node/$folder" "/var/lib/$folder"
done
mkdir /var/lib/cni
mount --bind /run/node/log /var/log
mount --make-rshared /

keep() { # NAME COMMAND...: starts it again whenever it ends
  name=$1
  shift
  while :; do
    "$@" >>"/var/log/$name.log" 2>&1 || echo "$name ended with $?" >>"/var/log/$name.log"
    sleep 1
  done
}

keep containerd containerd --config /run/cluster/conf/containerd.toml &
until ctr version >/dev/null 2>&1; do sleep 0.1; done
sh /run/cluster/conf/import.sh >>/var/log/import.log 2>&1 || true

# Before there is an API server both would only wait longer and longer between their attempts.
until [ -e /run/cluster/run/api-ready ]; do sleep 0.1; done
keep kube-proxy /run/tools/kube-proxy --config /run/cluster/conf/kube-proxy.yaml --hostname-override "$node" &
keep kubelet /run/tools/kubelet --config /run/cluster/conf/kubelet.yaml --hostname-override "$node" \
  --kubeconfig /run/node/kubelet.kubeconfig --node-ip "$address" \
  --node-labels "topology.kubernetes.io/zone=$zone,topology.kubernetes.io/region=local" &
wait
