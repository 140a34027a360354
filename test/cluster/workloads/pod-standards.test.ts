import { brokenDemands } from '../../../lib/cluster/workloads/pod-standards';

const STRICT = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } };
const POD = {
  securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
  containers: [{ securityContext: STRICT }],
};

const container = (more: object) => ({ ...POD, containers: [{ securityContext: STRICT, ...more }] });
const secured = (more: object) => container({ securityContext: { ...STRICT, ...more } });

describe('a pod', () => {
  it('of an application that asks for nothing passes', () => {
    expect(brokenDemands(POD, 'restricted')).toEqual([]);
    expect(brokenDemands({ ...POD, volumes: [{ name: 'tmp', emptyDir: {} }] }, 'restricted')).toEqual([]);
    expect(brokenDemands(secured({ capabilities: { drop: ['ALL'], add: ['NET_BIND_SERVICE'] } }), 'restricted')).toEqual([]);
  });

  it('may say of its containers what it does not say of itself', () => {
    const all = { ...STRICT, runAsNonRoot: true, seccompProfile: { type: 'Localhost' } };
    expect(brokenDemands({ containers: [{ securityContext: all }] }, 'restricted')).toEqual([]);
  });

  it('that says nothing passes the baseline only', () => {
    expect(brokenDemands({ containers: [{}] }, 'baseline')).toEqual([]);
    expect(brokenDemands({ containers: [{}] }, 'restricted')).toEqual([
      'no allowPrivilegeEscalation: false',
      'no runAsNonRoot: true',
      'no seccompProfile RuntimeDefault',
      'no capabilities drop: [ALL]',
    ]);
  });

  it.each<[string, Readonly<Record<string, unknown>>]>([
    ['the network, processes or memory of the node', { ...POD, hostPID: true }],
    ['privileged: true', secured({ privileged: true })],
    ['hostProcess: true', secured({ windowsOptions: { hostProcess: true } })],
    ['capabilities that are added', secured({ capabilities: { drop: ['ALL'], add: ['NET_ADMIN'] } })],
    ['a hostPort', container({ ports: [{ hostPort: 80 }] })],
    ['a profile of AppArmor that is Unconfined', secured({ appArmorProfile: { type: 'Unconfined' } })],
    ['SELinux options', secured({ seLinuxOptions: { user: 'root' } })],
    ['procMount', secured({ procMount: 'Unmasked' })],
    ['a seccomp profile that is Unconfined', secured({ seccompProfile: { type: 'Unconfined' } })],
    ['sysctls that are not safe', { ...POD, securityContext: { ...POD.securityContext, sysctls: [{ name: 'kernel.msgmax' }] } }],
  ])('fails the baseline by %s', (broken, pod) => {
    expect(brokenDemands(pod, 'baseline')).toEqual([broken]);
  });

  it('fails by a volume of the node, and by one of a kind that is not known to be safe', () => {
    expect(brokenDemands({ ...POD, volumes: [{ name: 'logs', hostPath: { path: '/var' } }] }, 'restricted')).toEqual([
      'a hostPath volume',
      'volumes of other kinds',
    ]);
    expect(brokenDemands({ ...POD, volumes: [{ name: 'share', nfs: { server: 'a' } }] }, 'restricted')).toEqual(['volumes of other kinds']);
  });

  it('fails by root, whoever says it', () => {
    expect(brokenDemands(secured({ runAsNonRoot: false }), 'restricted')).toEqual(['no runAsNonRoot: true']);
    expect(brokenDemands(secured({ runAsUser: 0 }), 'restricted')).toEqual(['runAsUser: 0']);
    expect(brokenDemands({ ...POD, initContainers: [{}] }, 'restricted')).toContain('no capabilities drop: [ALL]');
  });
});
