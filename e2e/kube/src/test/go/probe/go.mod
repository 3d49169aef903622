module partita.dev/e2e/kube/probe

go 1.21
