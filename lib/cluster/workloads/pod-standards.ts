import { type Fields, fieldsOf, isSaid, listOf, textOf, textsOf, valueAt } from '../objects/fields';

/** The levels of Kubernetes that refuse anything, the stricter one first. */
export type Standard = 'restricted' | 'baseline';

interface Demand {
  /** What a pod has that breaks it. */
  readonly broken: string;
  readonly holds: (pod: Fields, containers: readonly Fields[]) => boolean;
}

const RUNTIME_PROFILES = ['RuntimeDefault', 'Localhost'];
const USUAL_CAPABILITIES =
  'AUDIT_WRITE CHOWN DAC_OVERRIDE FOWNER FSETID KILL MKNOD NET_BIND_SERVICE SETFCAP SETGID SETPCAP SETUID SYS_CHROOT'.split(' ');
const SAFE_SYSCTLS = [
  'kernel.shm_rmid_forced',
  'net.ipv4.ip_local_port_range',
  'net.ipv4.ip_unprivileged_port_start',
  'net.ipv4.tcp_syncookies',
  'net.ipv4.ping_group_range',
  'net.ipv4.ip_local_reserved_ports',
  'net.ipv4.tcp_keepalive_time',
  'net.ipv4.tcp_fin_timeout',
  'net.ipv4.tcp_keepalive_intvl',
  'net.ipv4.tcp_keepalive_probes',
  'net.ipv4.tcp_rmem',
  'net.ipv4.tcp_wmem',
];
const SELINUX_TYPES = ['', 'container_t', 'container_init_t', 'container_kvm_t', 'container_engine_t'];
const VOLUMES = 'configMap csi downwardAPI emptyDir ephemeral image persistentVolumeClaim projected secret'.split(' ');

const BASELINE: readonly Demand[] = [
  { broken: 'the network, processes or memory of the node', holds: (pod) => !pod.hostNetwork && !pod.hostPID && !pod.hostIPC },
  { broken: 'privileged: true', holds: (_, all) => all.every((one) => securityOf(one).privileged !== true) },
  {
    broken: 'hostProcess: true',
    holds: (pod, all) => [pod, ...all].every((one) => valueAt(securityOf(one), 'windowsOptions', 'hostProcess') !== true),
  },
  { broken: 'capabilities that are added', holds: (_, all) => all.every((one) => addsNothingBut(one, USUAL_CAPABILITIES)) },
  { broken: 'a hostPath volume', holds: (pod) => listOf(pod.volumes).every(({ hostPath }) => !isSaid(hostPath)) },
  { broken: 'a hostPort', holds: (_, all) => all.every(({ ports }) => listOf(ports).every(({ hostPort }) => !hostPort)) },
  {
    broken: 'a profile of AppArmor that is Unconfined',
    holds: (pod, all) => [pod, ...all].every((one) => valueAt(securityOf(one), 'appArmorProfile', 'type') !== 'Unconfined'),
  },
  {
    broken: 'SELinux options',
    holds: (pod, all) => [pod, ...all].every((one) => isUsualSelinux(fieldsOf(securityOf(one).seLinuxOptions))),
  },
  { broken: 'procMount', holds: (_, all) => all.every((one) => ['Default', undefined].includes(textOf(securityOf(one).procMount))) },
  { broken: 'a seccomp profile that is Unconfined', holds: (pod, all) => [pod, ...all].every((one) => profileOf(one) !== 'Unconfined') },
  {
    broken: 'sysctls that are not safe',
    holds: (pod) => listOf(securityOf(pod).sysctls).every(({ name }) => SAFE_SYSCTLS.includes(String(name))),
  },
];

const RESTRICTED: readonly Demand[] = [
  {
    broken: 'volumes of other kinds',
    holds: (pod) =>
      listOf(pod.volumes).every((volume) =>
        Object.entries(volume).every(([key, value]) => key === 'name' || !isSaid(value) || VOLUMES.includes(key)),
      ),
  },
  {
    broken: 'no allowPrivilegeEscalation: false',
    holds: (_, all) => all.every((one) => securityOf(one).allowPrivilegeEscalation === false),
  },
  {
    broken: 'no runAsNonRoot: true',
    holds: (pod, all) => all.every((one) => (securityOf(one).runAsNonRoot ?? securityOf(pod).runAsNonRoot) === true),
  },
  { broken: 'runAsUser: 0', holds: (pod, all) => [pod, ...all].every((one) => securityOf(one).runAsUser !== 0) },
  {
    broken: 'no seccompProfile RuntimeDefault',
    holds: (pod, all) => all.every((one) => RUNTIME_PROFILES.includes(profileOf(one) ?? profileOf(pod) ?? '')),
  },
  { broken: 'no capabilities drop: [ALL]', holds: (_, all) => all.every((one) => textsOf(capabilitiesOf(one).drop).includes('ALL')) },
  { broken: 'capabilities that are added', holds: (_, all) => all.every((one) => addsNothingBut(one, ['NET_BIND_SERVICE'])) },
];

const DEMANDS: Readonly<Record<Standard, readonly Demand[]>> = { baseline: BASELINE, restricted: [...BASELINE, ...RESTRICTED] };

/** For what Kubernetes refuses a pod at a level; nothing where it takes it. What Istio adds to the pod later is not in it. */
export function brokenDemands(pod: Fields, standard: Standard): string[] {
  const containers = [pod.initContainers, pod.containers, pod.ephemeralContainers].flatMap(listOf);
  const broken = DEMANDS[standard].filter(({ holds }) => !holds(pod, containers)).map((demand) => demand.broken);
  return [...new Set(broken)];
}

function securityOf(one: Fields): Fields {
  return fieldsOf(one.securityContext);
}

function capabilitiesOf(container: Fields): Fields {
  return fieldsOf(securityOf(container).capabilities);
}

function addsNothingBut(container: Fields, allowed: readonly string[]): boolean {
  return textsOf(capabilitiesOf(container).add).every((name) => allowed.includes(name));
}

function profileOf(one: Fields): string | undefined {
  return textOf(valueAt(securityOf(one), 'seccompProfile', 'type'));
}

function isUsualSelinux({ type, user, role }: Fields): boolean {
  return SELINUX_TYPES.includes(textOf(type) ?? '') && !user && !role;
}
