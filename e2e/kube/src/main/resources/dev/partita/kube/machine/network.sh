# The cluster's network, in network namespaces of its own: nothing of it is seen outside them, and
# there is no way out of it.
#
#   PREFIX-cp      bridge br0 198.18.0.1: etcd, API server, controllers, scheduler, names
#   PREFIX-a|b|c   eth0 198.18.0.11|12|13, the other end (va|vb|vc) on the bridge: a node
#
# Pods of zone a have 198.18.17.0/24, and so on; every namespace has a route to each.
#
# Usage: sh network.sh PREFIX
set -eu
PATH=$PATH:/usr/sbin:/sbin
prefix=$1
cp=$prefix-cp

inside() { # NAMESPACE COMMAND...
  namespace=$1
  shift
  nsenter --net="/run/netns/$namespace" "$@"
}

ip netns add "$cp"
ip -n "$cp" link set lo up
ip -n "$cp" link add br0 type bridge
ip -n "$cp" addr add 198.18.0.1/24 dev br0
ip -n "$cp" link set br0 up
inside "$cp" sh -c 'echo 1 >/proc/sys/net/ipv4/ip_forward'

for zone in a:11:17 b:12:18 c:13:19; do
  letter=${zone%%:*}
  rest=${zone#*:}
  node=$prefix-$letter
  ip netns add "$node"
  ip -n "$node" link set lo up
  ip -n "$cp" link add "v$letter" type veth peer name eth0 netns "$node"
  ip -n "$cp" link set "v$letter" master br0 up
  ip -n "$node" addr add "198.18.0.${rest%:*}/24" dev eth0
  ip -n "$node" link set eth0 up
  ip -n "$node" route add default via 198.18.0.1
  inside "$node" sh -c 'echo 1 >/proc/sys/net/ipv4/ip_forward'
  ip -n "$cp" route add "198.18.${rest#*:}.0/24" via "198.18.0.${rest%:*}"
done

for from in a b c; do
  for to in a:11:17 b:12:18 c:13:19; do
    rest=${to#*:}
    [ "$from" = "${to%%:*}" ] ||
      ip -n "$prefix-$from" route add "198.18.${rest#*:}.0/24" via "198.18.0.${rest%:*}"
  done
done
