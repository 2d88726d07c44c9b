/** Inside `forebay run` and `with forebay.run()` the environment names the run: what is made there is its output. */
export const withinRun = ({ FOREBAY_RUN_ID: run }: NodeJS.ProcessEnv): { run?: string } =>
  run ? { run } : {};
