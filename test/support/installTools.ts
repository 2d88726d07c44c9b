import { torchVenv } from './python/torchVenv.ts';
import { kerasRequirements, mlflowRequirements, toolsVenv } from './python/venv.ts';
import { installCodeServer } from './servers/codeServer.ts';
import { jupyterVenv } from './servers/jupyterlab.ts';

// One after the other: the other core runs tests meanwhile.
await installCodeServer();
await jupyterVenv();
await toolsVenv('mlflow', mlflowRequirements);
await toolsVenv('keras', kerasRequirements);
await torchVenv();
