{{- define "partita.labels" -}}
{{ include "partita.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | trunc 63 | trimSuffix "-" }}
{{- end }}

{{- /* What the operator's pods have, and nobody else's. */}}
{{- define "partita.selector" -}}
app.kubernetes.io/name: partita-operator
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/component: operator
{{- end }}

{{- define "partita.serviceAccount" -}}
{{ .Values.serviceAccount.name | default "partita-operator" }}
{{- end }}

{{- define "partita.image" -}}
{{ .image.repository }}:{{ .image.tag | default .root.Chart.AppVersion }}
{{- end }}

{{- /* Cluster-wide names of a release must differ from those of another one. */}}
{{- define "partita.clusterName" -}}
partita-operator-{{ .Release.Namespace }}
{{- end }}

{{- /* In every namespace that is looked after. */}}
{{- define "partita.rules" -}}
- apiGroups: [ partita.dev ]
  resources: [ storageclusters, dynamotables, accesskeys ]
  verbs: [ get, list, watch, patch ]
# A namespace's first table makes the default cluster and its key.
- apiGroups: [ partita.dev ]
  resources: [ storageclusters, accesskeys ]
  verbs: [ create ]
- apiGroups: [ partita.dev ]
  resources: [ storageclusters/status, dynamotables/status, accesskeys/status ]
  verbs: [ get, patch, update ]
- apiGroups: [ partita.dev ]
  resources: [ storageclusters/finalizers, dynamotables/finalizers, accesskeys/finalizers ]
  verbs: [ update ]
- apiGroups: [ "" ]
  resources: [ secrets, services, configmaps, serviceaccounts ]
  verbs: [ get, list, watch, create, patch ]
- apiGroups: [ apps ]
  resources: [ statefulsets ]
  verbs: [ get, list, watch, create, patch ]
- apiGroups: [ "" ]
  resources: [ pods ]
  verbs: [ get, list, watch, patch, delete ]
- apiGroups: [ "" ]
  resources: [ pods/eviction ]
  verbs: [ create ]
- apiGroups: [ "" ]
  resources: [ persistentvolumeclaims, events ]
  verbs: [ get, list, watch ]
- apiGroups: [ events.k8s.io ]
  resources: [ events ]
  verbs: [ get, create, patch ]
- apiGroups: [ policy ]
  resources: [ poddisruptionbudgets ]
  verbs: [ get, list, watch, create, patch, delete ]
- apiGroups: [ networking.k8s.io ]
  resources: [ networkpolicies ]
  verbs: [ get, list, watch, create, patch, delete ]
- apiGroups: [ cert-manager.io ]
  resources: [ certificates ]
  verbs: [ get, list, watch, create, patch ]
{{- end }}
