import { DataPlane, MeshNamespace, MeshPort, VirtualMachines } from 'istio-constructs';
import { machineOfTwo } from '../../../lib/rules/joining/machine-of-two';
import { findingCodes, newChart } from '../../builders';
import { workloadEntry } from '../../verdict/fixtures';
import { findings, raw } from '../model-builder';

const find = (...entries: string[]) => findings(machineOfTwo, { objects: raw(entries.join('---')) });
const entry = (name: string, spec: string) => workloadEntry(name, spec).replace(/---$/, '');

describe(machineOfTwo.title, () => {
  it('takes machines of their own, of one identity, of other networks, by name, and those of whom nobody says who they are', () => {
    const first = entry('a', 'address: 10.9.0.1, serviceAccount: a');
    expect(find(first, entry('b', 'address: 10.9.0.2, serviceAccount: b'))).toEqual([]);
    expect(find(first, entry('b', 'address: 10.9.0.1, serviceAccount: a, labels: {app: other}'))).toEqual([]);
    expect(find(first, entry('b', 'address: 10.9.0.1, network: far, serviceAccount: b'))).toEqual([]);
    expect(find(first, entry('b', 'address: 10.9.0.1'))).toEqual([]);
    const named = (name: string) => entry(name, `address: vm.example.com, serviceAccount: ${name}`);
    expect(find(named('a'), named('b'))).toEqual([]);
  });

  it.each([
    ['10.9.0.1', '10.9.0.1'],
    ['fd00::1', 'FD00:0::1'],
  ])('fails for one machine: %s and %s', (one, other) => {
    const second = entry('b', `address: '${other}', serviceAccount: b`);
    expect(find(entry('a', `address: '${one}', serviceAccount: a`), second)).toMatchObject([
      { got: `shop/b and shop/a at ${other}`, field: ['spec', 'serviceAccount'] },
    ]);
  });

  it('fails for machines of a program', () => {
    const chart = newChart();
    const legacy = new MeshNamespace(chart, 'legacy', { dataPlane: DataPlane.sidecar() });
    for (const id of ['a', 'b']) new VirtualMachines(legacy, id, { ports: [MeshPort.tcp(7000)], machines: [{ address: '10.9.0.1' }] });
    expect(findingCodes(chart)).toEqual(['MESH630']);
  });
});
