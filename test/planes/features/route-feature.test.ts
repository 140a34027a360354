import { definedFeatures, defineFeature } from '../../../lib/planes/features/route-feature';

const mirror = { key: 'toyMirror', title: 'toy mirror', needsHttp: true };
const quota = { key: 'toyQuota', title: 'toy quota', needsHttp: false };

describe('a feature', () => {
  it('is known as soon as it is defined, behind those that were known before', () => {
    const before = definedFeatures().length;
    defineFeature(mirror);
    defineFeature(quota);
    expect(definedFeatures().slice(before)).toEqual([mirror, quota]);
  });
});
