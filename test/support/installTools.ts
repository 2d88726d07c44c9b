import { installCodeServer } from './codeServer.ts';
import { lightningVenv } from './debianVenv.ts';
import { jupyterVenv } from './jupyterlab.ts';
import { mlflowRequirements, toolsVenv } from './venv.ts';

// One after the other: the other core runs tests meanwhile.
await installCodeServer();
await jupyterVenv();
await toolsVenv('mlflow', mlflowRequirements);
await lightningVenv();
