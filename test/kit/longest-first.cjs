/**
 * The order in which test files begin. Where nothing is known of earlier runs, as on a machine of CI, jest begins with
 * the largest files; those that take longest are small, and one that begins last keeps a core busy while the other waits.
 */
const { default: Sequencer } = require('@jest/test-sequencer');

/** What starts processes, or syncs everything that there is. */
const longest = [/test\/(kills|converge|canary|fuzz)\//, /test\/manifests\/intercom\//, /\/destinations\//];

module.exports = class extends Sequencer {
  sort(tests) {
    const rank = ({ path }) => {
      const index = longest.findIndex((folder) => folder.test(path));
      return index === -1 ? longest.length : index;
    };
    return [...super.sort(tests)].sort((one, other) => rank(one) - rank(other));
  }
};
