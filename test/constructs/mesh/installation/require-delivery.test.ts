import { ArgoCdInstallation, FluxInstallation, IstioInstallation } from 'istio-constructs';
import { newChart } from '../../../builders';

const engines = [ArgoCdInstallation, FluxInstallation];

describe('an engine that installs Istio', () => {
  it.each(engines)('fails for an installation of another App: %p', (Engine) => {
    const installation = new IstioInstallation(newChart(), 'istio');
    expect(() => new Engine(newChart(), 'engine', { installation })).toThrow('MESH958');
  });

  it.each(engines.flatMap((one) => engines.map((other) => [one, other])))('fails beside another one: %p and %p', (One, Other) => {
    const chart = newChart();
    const installation = new IstioInstallation(chart, 'istio');
    new One(chart, 'one', { installation });
    expect(() => new Other(chart, 'other', { installation })).toThrow('MESH959');
  });
});
