import { follow } from '../../../lib/render/kubernetes/follow';

const mount = (name: string, mountPath: string) => ({ name, mountPath });

describe('a copy that follows its original', () => {
  it('has what the original was given since, as it is there now, and goes without what was taken from it', () => {
    const made = { hostname: 'cart', dnsPolicy: 'ClusterFirst', securityContext: { runAsUser: 1000 } };
    const original = { dnsPolicy: 'None', securityContext: { runAsUser: 1000, fsGroup: 2000 }, nodeName: 'a' };
    expect(follow(made, made, original)).toEqual(original);
  });

  it('keeps what was said of it alone, beside what it follows', () => {
    const made = { annotations: { team: 'buy' }, grace: 40 };
    const own = { annotations: { team: 'buy', trial: 'yes' }, grace: 40 };
    const original = { annotations: { team: 'sell', owner: 'ann' }, grace: 60 };
    expect(follow(made, own, original)).toEqual({ annotations: { team: 'sell', owner: 'ann', trial: 'yes' }, grace: 60 });
  });

  it('has the last word where both were changed, and where it was left without something', () => {
    expect(follow({ grace: 40, user: 7 }, { grace: 10 }, { grace: 60, user: 7 })).toEqual({ grace: 10 });
  });

  it('has the items of both in a list, each told apart by its name, the original’s first', () => {
    const made = [{ name: 'LEVEL', value: 'info' }];
    const own = [...made, { name: 'TRIAL', value: 'yes' }];
    const original = [
      { name: 'TOKEN', value: 'x' },
      { name: 'LEVEL', value: 'debug' },
    ];
    expect(follow(made, own, original)).toEqual([...original, own[1]]);
  });

  it('looks into the items of a list: one container has what was added to it on either side', () => {
    const made = [{ name: 'cart', image: '1' }];
    const own = [{ name: 'cart', image: '1', tty: true }];
    const original = [{ name: 'cart', image: '2' }, { name: 'exporter' }];
    expect(follow(made, own, original)).toEqual([{ name: 'cart', image: '2', tty: true }, { name: 'exporter' }]);
  });

  it('loses an item that either side has dropped, and has one that both were given once', () => {
    const [a, b, c] = ['a', 'b', 'c'].map((name) => ({ name }));
    expect(follow([a, b], [b, c], [a, c])).toEqual([c]);
  });

  it('has the annotations of both where there were none, and begins a map on either side', () => {
    const [own, original] = [{ trial: 'yes' }, { team: 'buy' }];
    expect(follow(undefined, own, original)).toEqual({ team: 'buy', trial: 'yes' });
    expect([follow(undefined, own, undefined), follow(undefined, undefined, original)]).toEqual([own, original]);
  });

  it('stays without what was taken from it as a whole', () => {
    expect(follow({ exec: 'a' }, undefined, { exec: 'b' })).toBeUndefined();
  });

  it('begins a list that was not there, from either side', () => {
    const [a, b] = ['a', 'b'].map((name) => ({ name }));
    expect([follow(undefined, [a], undefined), follow(undefined, undefined, [b]), follow(undefined, [a], [b])]).toEqual([[a], [b], [b, a]]);
  });

  it('takes words whose order means something as a whole', () => {
    const made = ['--fast'];
    expect([follow(made, made, ['--slow']), follow(made, ['--fast', '--trial'], ['--slow'])]).toEqual([['--slow'], ['--fast', '--trial']]);
  });

  it('mounts a volume in every place that the original does, and in its own', () => {
    const original = [mount('config', '/etc/cart'), mount('config', '/etc/ssl'), mount('tmp', '/var/tmp')];
    const own = [mount('tmp', '/tmp')];
    expect(follow([], own, original)).toEqual([...original, ...own]);
  });

  it('bears every taint that the original does, of one key too', () => {
    const tolerations = ['NoSchedule', 'NoExecute'].map((effect) => ({ key: 'gpu', effect }));
    const spot = { key: 'spot', effect: 'NoSchedule' };
    expect(follow(undefined, [spot], tolerations)).toEqual([...tolerations, spot]);
  });

  it('listens by both protocols on one port', () => {
    const dns = ['TCP', 'UDP'].map((protocol) => ({ containerPort: 53, protocol }));
    const admin = { containerPort: 9901, protocol: 'TCP' };
    expect(follow([], [admin], dns)).toEqual([...dns, admin]);
  });

  it('takes its environment from every Secret and ConfigMap of either side', () => {
    const [keys, flags, trial] = [{ secretRef: { name: 'keys' } }, { configMapRef: { name: 'flags' } }, { secretRef: { name: 'trial' } }];
    expect(follow([flags], [flags, trial], [keys, flags])).toEqual([keys, flags, trial]);
    expect(follow([flags], [flags, trial], [keys])).toEqual([keys, trial]);
  });
});
