# Imports the images of the cluster that this node does not have yet. Run in a node.
#
# Beside each tar file lies a list of the names in it and the names that Kubernetes means by them:
# containerd takes "partita/storage:1" as it is, while a pod that says so means docker.io/partita/storage:1.
set -eu
PATH=$PATH:/usr/sbin:/sbin
mkdir -p /run/node/imported
for tar in /run/cluster/images/*.tar; do
  [ -e "$tar" ] || continue
  mark=/run/node/imported/$(basename "$tar")
  [ ! -e "$mark" ] || continue
  ctr --namespace k8s.io images import "$tar"
  while read -r name full; do
    [ "$name" = "$full" ] || ctr --namespace k8s.io images tag --force "$name" "$full"
  done <"$tar.names"
  touch "$mark"
done
