import { renderMachineCommands } from '../../../lib/render/kubernetes/machine-commands';

const PLACE = { name: 'vm', namespaceName: 'legacy' };

describe('the commands for machines', () => {
  it('name the cluster, where the program does', () => {
    const [command] = renderMachineCommands(PLACE, { version: 'v1', named: [] }, 'east');
    expect(command).toBe('istioctl x workload entry configure --name vm --namespace legacy --clusterID east --autoregister --output vm');
  });

  it('are one for all that register themselves, and one for each other', () => {
    expect(renderMachineCommands(PLACE, { version: 'v1', named: [] })).toHaveLength(1);
    const named = ['10.20.0.5', '10.20.0.6'].map((address) => ({ address, labels: {} }));
    expect(renderMachineCommands(PLACE, { version: 'v1', named })).toHaveLength(2);
  });
});
