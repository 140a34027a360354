import { guardedServices, headlessAmong } from '../../../lib/planes/ambient/guarded-services';
import { waypointOf } from '../../rules/model-builder';

const waypoint = waypointOf('shop');
const own = { name: 'cart', hasAddress: true, isOurs: true };
const other = { name: 'basket', hasAddress: true, isOurs: false };

describe('the Services that a waypoint stands before', () => {
  it('are all with an address, those that others wrote too', () => {
    expect(guardedServices(waypoint, [own, other])).toEqual({ waypoint, guardedNames: ['cart', 'basket'], isDialled: false });
    expect(guardedServices(waypoint, [own, { ...other, waypoint: 'waypoint' }])).toMatchObject({ guardedNames: ['cart', 'basket'] });
  });

  it('are none where none has an address, or ours opts out: the service is as without a waypoint', () => {
    expect(guardedServices(waypoint, [{ ...own, hasAddress: false }])).toEqual({});
    expect(guardedServices(waypoint, [{ ...own, waypoint: 'none' }])).toEqual({});
  });

  it('may have no address, some of them or all', () => {
    const headless = { ...other, hasAddress: false };
    expect([[own, other], [own, headless], [headless]].map(headlessAmong)).toEqual([undefined, 'some', 'all']);
  });

  it('leave another that has no address to be dialled, and one of ours that opts out', () => {
    expect(guardedServices(waypoint, [own, { ...other, hasAddress: false }])).toEqual({
      waypoint,
      guardedNames: ['cart'],
      isDialled: true,
    });
    expect(guardedServices(waypoint, [{ ...own, waypoint: 'none' }, other])).toMatchObject({ guardedNames: ['basket'], isDialled: true });
  });

  it('leave what a user labelled where its label says, and open no way to it', () => {
    for (const word of ['none', 'another']) {
      expect(guardedServices(waypoint, [own, { ...other, waypoint: word }])).toEqual({
        waypoint,
        guardedNames: ['cart'],
        isDialled: false,
      });
    }
  });
});
