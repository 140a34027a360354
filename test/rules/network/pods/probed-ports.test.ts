import { probedPorts } from '../../../../lib/rules/network/pods/probed-ports';

describe('ports that probes ask', () => {
  it('are numbers, also where a probe says the name of a port', () => {
    const container = {
      ports: [{ name: 'health', containerPort: 8081 }],
      livenessProbe: { tcpSocket: { port: 9000 } },
      readinessProbe: { httpGet: { port: 'health' } },
      startupProbe: { grpc: { port: 9001 } },
    };
    expect(probedPorts(container).sort()).toEqual([8081, 9000, 9001]);
  });

  it('are none of a probe by a command, and none by a name that no port has', () => {
    expect(probedPorts({ livenessProbe: { exec: { command: ['true'] } }, readinessProbe: { httpGet: { port: 'nowhere' } } })).toEqual([]);
  });
});
