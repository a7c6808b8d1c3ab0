import { fieldNames } from './filter.ts';

/** Falco's field names by class (formats 4.8), as its own rules write them. */
const classes: Readonly<Record<string, string>> = {
  evt: `num time time.s time.iso8601 datetime datetime.s rawtime rawtime.s rawtime.ns reltime latency deltatime dir type
    type.is syscall.type category cpu args arg rawarg info buffer buflen res rawres failed source hostname pluginname
    plugininfo is_async asynctype is_open_read is_open_write is_open_exec is_open_create is_io is_io_read is_io_write io_dir
    is_wait wait_latency is_syslog count abspath uid`,
  proc: `exe pexe aexe exepath pexepath aexepath name pname aname args aargs cmdline pcmdline acmdline cmdnargs cmdlenargs
    exeline env aenv cwd loginshellid tty pid ppid apid vpid pvpid sid sname sid.exe sid.exepath vpgid vpgid.name vpgid.exe
    vpgid.exepath pgid pgid.name pgid.exe pgid.exepath duration ppid.duration pid.ts ppid.ts is_exe_writable
    is_exe_upper_layer is_exe_lower_layer is_exe_from_memfd is_sid_leader is_vpgid_leader is_pgid_leader exe_ino
    exe_ino.ctime exe_ino.mtime exe_ino.ctime_duration_proc_start exe_ino.ctime_duration_pidns_start pidns_init_start_ts
    fdopencount fdlimit fdusage vmsize vmrss vmswap nthreads nchilds stdin.type stdin.name stdout.type stdout.name
    stderr.type stderr.name is_container_healthcheck is_container_liveness_probe is_container_readiness_probe`,
  user: 'uid name homedir shell loginuid loginname',
  group: 'gid name',
  thread: `tid vtid ismain pexectime ptotexectime exectime totexectime cap_permitted cap_inheritable cap_effective cgroups
    cgroup cpu cpu.user cpu.system vmsize vmrss`,
  container: `id full_id name image image.id image.repository image.tag image.digest type privileged mounts mount
    mount.source mount.dest mount.mode mount.rdwr mount.propagation healthcheck liveness_probe readiness_probe start_ts
    duration ip cni.json host_pid host_network host_ipc label labels`,
  k8s: `ns.name ns.id ns.label ns.labels pod.name pod.id pod.uid pod.sandbox_id pod.full_sandbox_id pod.label pod.labels
    pod.ip pod.cni.json rc.name rc.id rc.label rc.labels svc.name svc.id svc.label svc.labels rs.name rs.id rs.label
    rs.labels deployment.name deployment.id deployment.label deployment.labels`,
  fd: `num type typechar name nameraw directory filename ip cip sip lip rip port cport sport lport rport l4proto sockfamily
    is_server uid containername containerdirectory proto cproto sproto lproto rproto net cnet snet lnet rnet connected
    name_changed cip.name sip.name lip.name rip.name dev dev.major dev.minor ino types is_upper_layer is_lower_layer`,
  ka: `auditid stage auth.decision auth.reason auth.openshift.decision auth.openshift.username user.name user.groups
    impuser.name verb uri uri.param target.name target.namespace target.resource target.subresource target.pod.name
    req.binding.subjects req.binding.role req.binding.subject.has_name req.configmap.name req.configmap.obj
    req.pod.containers.image req.pod.containers.image.repository req.container.image req.container.image.repository
    req.pod.host_ipc req.pod.host_network req.container.host_network req.pod.host_pid req.pod.containers.host_port
    req.pod.containers.privileged req.container.privileged req.pod.containers.allow_privilege_escalation
    req.pod.containers.read_only_fs req.pod.run_as_user req.pod.containers.run_as_user req.pod.containers.eff_run_as_user
    req.pod.run_as_group req.pod.containers.run_as_group req.pod.containers.eff_run_as_group
    req.pod.containers.proc_mount req.role.rules req.role.rules.apiGroups req.role.rules.nonResourceURLs
    req.role.rules.verbs req.role.rules.resources req.pod.fs_group req.pod.supplemental_groups
    req.pod.containers.add_capabilities req.service.type req.service.ports req.pod.volumes.hostpath
    req.volume.hostpath req.pod.volumes.flexvolume_driver req.pod.volumes.volume_type resp.name response.code
    response.reason useragent sourceips cluster.name`,
  syslog: 'facility facility.str severity severity.str message',
};

const falcoFields: ReadonlySet<string> = new Set(
  Object.entries(classes).flatMap(([of, names]) =>
    names.split(/\s+/).map((name) => `${of}.${name}`),
  ),
);

/** Arguments of an event have the names of the system call's parameters: `evt.arg.flags`. */
const openEnded = [
  'evt.arg.',
  'evt.rawarg.',
  'k8s.pod.label.',
  'k8s.ns.label.',
  'container.label.',
];

/** Tells whether Falco knows the field, whether or not this version reads it. */
export function isFalcoField(name: string): boolean {
  return falcoFields.has(name) || openEnded.some((start) => name.startsWith(start));
}

const maxEdits = 2;

/** Of our fields the nearest within two edits; of equals the first. */
export function nearestField(name: string): string | undefined {
  let nearest: string | undefined;
  let least = maxEdits + 1;
  for (const field of fieldNames) {
    if (Math.abs(field.length - name.length) > maxEdits) continue;
    const edits = editsBetween(name, field);
    if (edits < least) {
      least = edits;
      nearest = field;
    }
  }
  return nearest;
}

/** Characters put in, taken out or exchanged to make one text of the other. */
function editsBetween(a: string, b: string): number {
  let above = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let row = 1; row <= a.length; row += 1) {
    const here = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const exchange = (above[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1);
      here.push(Math.min(exchange, (above[column] ?? 0) + 1, (here[column - 1] ?? 0) + 1));
    }
    above = here;
  }
  return above[b.length] ?? 0;
}
