/**
 * Axios takes longer to load than all the rest, and is needed only once somebody asks the daemon: it stands in a file of
 * its own, which the first call loads.
 */
export const lateAxios = {
  name: 'late-axios',
  setup(build) {
    build.onResolve({ filter: /^axios$/ }, () => ({ path: 'axios', namespace: 'late' }));
    build.onLoad({ filter: /^axios$/, namespace: 'late' }, () => ({
      contents: `const load = () => require('./axios.js');
        export const isAxiosError = (error) => load().isAxiosError(error);
        export const isCancel = (error) => load().isCancel(error);
        export default { create: (settings) => load().create(settings) };`,
      resolveDir: build.initialOptions.absWorkingDir,
    }));
    build.onResolve({ filter: /^\.\/axios\.js$/, namespace: 'late' }, () => ({
      path: './axios.js',
      external: true,
    }));
  },
};
