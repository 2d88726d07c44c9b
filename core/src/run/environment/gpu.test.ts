import { expect, test } from 'vitest';
import { gpuValues, parseDriver, parseGpus } from './gpu.ts';

/** As `nvidia-smi` prints it for a data centre's card and for one that can't tell. */
const said = `0, NVIDIA H100 80GB HBM3, 87, 40536, 81559, 523.41
1, NVIDIA GeForce GT 710, [N/A], 120, 2001, [Not Supported]
`;

test('every GPU is read, and what it can not tell is left out', () => {
  const gpus = parseGpus(said);
  expect(gpus.map(({ name }) => name)).toEqual(['NVIDIA H100 80GB HBM3', 'NVIDIA GeForce GT 710']);
  expect(gpuValues(gpus)).toEqual({
    'system/gpu_0_utilization_percentage': 87,
    'system/gpu_0_memory_usage_megabytes': (40_536 * 2 ** 20) / 1e6,
    'system/gpu_0_memory_usage_percentage': (40_536 / 81_559) * 100,
    'system/gpu_0_power_usage_watts': 523.41,
    'system/gpu_1_memory_usage_megabytes': (120 * 2 ** 20) / 1e6,
    'system/gpu_1_memory_usage_percentage': (120 / 2001) * 100,
  });
  expect(parseGpus('')).toEqual([]);
});

test("the driver's version and the CUDA that it can run stand in the head of what nvidia-smi prints", () => {
  const head = (versions: string) => `Fri Nov 27 10:00:00 2026
+-----------------------------------------------------------------------------------------+
| ${versions} |
|-----------------------------------------+------------------------+----------------------+
| GPU  Name                 Persistence-M | Bus-Id          Disp.A | Volatile Uncorr. ECC |`;
  const said = [
    'NVIDIA-SMI 550.54.15              Driver Version: 550.54.15      CUDA Version: 12.4    ',
    'NVIDIA-SMI 440.33.01    Driver Version: 440.33.01    CUDA Version: N/A ',
    "NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver.",
  ];
  expect(said.map((each) => parseDriver(head(each)))).toEqual([
    { version: '550.54.15', cuda: '12.4' },
    { version: '440.33.01', cuda: null },
    undefined,
  ]);
});
