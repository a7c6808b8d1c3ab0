// The columns of a batch's tables (factBatch.ts says what they mean). Those of the first six are written by compiled code, too, in
// this order: assembly/batch.ts.

export const recordLayout = {
  offset: Float64Array,
  length: Uint32Array,
  line: Float64Array,
  outcome: Uint8Array,
  reason: Uint32Array,
  member: Uint32Array,
  hash: BigUint64Array,
} as const;

export const eventLayout = {
  record: Uint32Array,
  kind: Uint8Array,
  label: Uint32Array,
  time: BigInt64Array,
  cluster: Uint32Array,
  node: Uint32Array,
  process: Uint32Array,
  subject: Uint32Array,
  sense: BigUint64Array,
} as const;

export const sightingLayout = {
  record: Uint32Array,
  rank: Uint8Array,
  cluster: Uint32Array,
  node: Uint32Array,
  id: Uint32Array,
  parentId: Uint32Array,
  pid: Float64Array,
  nsPid: Float64Array,
  uid: Float64Array,
  auid: Float64Array,
  user: Uint32Array,
  cwd: Uint32Array,
  binary: Uint32Array,
  arguments: Uint32Array,
  flags: Uint32Array,
  startTime: BigInt64Array,
  ktime: BigInt64Array,
  traits: Uint32Array,
  pod: Int32Array,
  container: Int32Array,
  docker: Uint32Array,
  capabilities: Uint32Array,
} as const;

export const socketLayout = {
  event: Uint32Array,
  protocol: Uint32Array,
  sourceIp: Uint32Array,
  sourcePort: Uint32Array,
  destinationIp: Uint32Array,
  destinationPort: Uint32Array,
  cookie: Uint32Array,
  bytesSent: BigInt64Array,
  bytesReceived: BigInt64Array,
  names: Uint32Array,
  nameEvidence: Uint32Array,
  peerNamespace: Uint32Array,
  peerName: Uint32Array,
  peerWorkload: Uint32Array,
} as const;

export const lookupLayout = {
  event: Uint32Array,
  response: Uint8Array,
  rcode: Uint32Array,
  names: Uint32Array,
  ips: Uint32Array,
  types: Uint32Array,
  resolverIp: Uint32Array,
  resolverPort: Uint32Array,
} as const;

export const exitLayout = {
  event: Uint32Array,
  code: Float64Array,
  signal: Uint32Array,
} as const;

export const gapLayout = {
  event: Uint32Array,
  kind: Uint32Array,
  lost: Float64Array,
  detail: Uint32Array,
} as const;

export const flowLayout = {
  event: Uint32Array,
  direction: Uint8Array,
  protocol: Uint32Array,
  sourceIp: Uint32Array,
  sourcePort: Uint32Array,
  destinationIp: Uint32Array,
  destinationPort: Uint32Array,
  cookie: Uint32Array,
  names: Uint32Array,
  verdict: Uint32Array,
  reason: Uint32Array,
  bytesSent: BigInt64Array,
  bytesReceived: BigInt64Array,
  end: BigInt64Array,
  sourceNamespace: Uint32Array,
  sourceName: Uint32Array,
  sourceWorkload: Uint32Array,
  destinationNamespace: Uint32Array,
  destinationName: Uint32Array,
  destinationWorkload: Uint32Array,
} as const;

export const alertLayout = {
  event: Uint32Array,
  rule: Uint32Array,
  severity: Uint8Array,
  severityWord: Uint32Array,
  tags: Uint32Array,
  output: Uint32Array,
  action: Uint32Array,
  enforcer: Uint32Array,
  result: Uint32Array,
  blocked: Uint8Array,
} as const;

export const auditLayout = {
  event: Uint32Array,
  auditId: Uint32Array,
  stage: Uint32Array,
  verb: Uint32Array,
  user: Uint32Array,
  groups: Uint32Array,
  impersonating: Uint32Array,
  sourceIps: Uint32Array,
  userAgent: Uint32Array,
  resource: Uint32Array,
  subresource: Uint32Array,
  apiGroup: Uint32Array,
  namespace: Uint32Array,
  name: Uint32Array,
  decision: Uint32Array,
  code: Uint32Array,
  container: Uint32Array,
  command: Uint32Array,
  received: BigInt64Array,
  callerNamespace: Uint32Array,
  callerPod: Uint32Array,
} as const;

export const podLayout = {
  cluster: Uint32Array,
  namespace: Uint32Array,
  name: Uint32Array,
  uid: Uint32Array,
  workload: Uint32Array,
  workloadKind: Uint32Array,
  labels: Uint32Array,
} as const;

export const containerLayout = {
  pod: Int32Array,
  id: Uint32Array,
  name: Uint32Array,
  imageId: Uint32Array,
  imageName: Uint32Array,
  startTime: BigInt64Array,
  /** 0 unknown, 1 no, 2 yes. */
  privileged: Uint8Array,
} as const;
