import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import * as z from 'zod';

/** The part of the API's schema of a pod that the example uses; no field besides, so that a misspelt one is found. */
const container = z.strictObject({
  name: z.string(),
  image: z.string(),
  command: z.array(z.string()).optional(),
  args: z.array(z.string()),
  env: z.array(
    z.strictObject({
      name: z.string(),
      value: z.string().optional(),
      valueFrom: z
        .strictObject({ secretKeyRef: z.strictObject({ name: z.string(), key: z.string() }) })
        .optional(),
    }),
  ),
  resources: z.strictObject({
    requests: z.strictObject({ cpu: z.string(), memory: z.string() }),
    limits: z.strictObject({ memory: z.string() }),
  }),
  securityContext: z.strictObject({
    allowPrivilegeEscalation: z.boolean(),
    readOnlyRootFilesystem: z.boolean(),
  }),
  volumeMounts: z.array(
    z.strictObject({
      name: z.string(),
      mountPath: z.string().startsWith('/'),
      readOnly: z.boolean().optional(),
    }),
  ),
});
const podSpec = z.strictObject({
  restartPolicy: z.enum(['Never', 'OnFailure']),
  terminationGracePeriodSeconds: z.int(),
  securityContext: z.strictObject({ runAsNonRoot: z.boolean(), runAsUser: z.int() }),
  initContainers: z.array(container.partial({ env: true, resources: true })).optional(),
  containers: z.array(container),
  volumes: z.array(
    z.strictObject({
      name: z.string(),
      emptyDir: z.strictObject({}).optional(),
      secret: z
        .strictObject({
          secretName: z.string(),
          items: z.array(z.strictObject({ key: z.string(), path: z.string() })),
        })
        .optional(),
    }),
  ),
});
const cronJob = z.strictObject({
  apiVersion: z.literal('batch/v1'),
  kind: z.literal('CronJob'),
  metadata: z.strictObject({ name: z.string() }),
  spec: z.strictObject({
    schedule: z.string(),
    concurrencyPolicy: z.enum(['Allow', 'Forbid', 'Replace']),
    successfulJobsHistoryLimit: z.int(),
    failedJobsHistoryLimit: z.int(),
    jobTemplate: z.strictObject({
      spec: z.strictObject({ backoffLimit: z.int(), template: z.strictObject({ spec: podSpec }) }),
    }),
  }),
});

/** The part of KEDA's definition of a ScaledJob that the example uses. */
const scaledJob = z.strictObject({
  apiVersion: z.literal('keda.sh/v1alpha1'),
  kind: z.literal('ScaledJob'),
  metadata: z.strictObject({ name: z.string() }),
  spec: z.strictObject({
    pollingInterval: z.int(),
    minReplicaCount: z.int(),
    maxReplicaCount: z.int(),
    successfulJobsHistoryLimit: z.int(),
    failedJobsHistoryLimit: z.int(),
    scalingStrategy: z.strictObject({ strategy: z.enum(['default', 'custom', 'accurate', 'eager']) }),
    triggers: z.array(
      z.strictObject({
        type: z.literal('redis'),
        metadata: z.strictObject({ address: z.string(), listName: z.string(), listLength: z.string() }),
      }),
    ),
    jobTargetRef: z.strictObject({
      parallelism: z.int(),
      completions: z.int(),
      backoffLimit: z.int(),
      activeDeadlineSeconds: z.int(),
      template: z.strictObject({ spec: podSpec }),
    }),
  }),
});

/** Every mount has its volume, and every volume a mount. */
function expectMounts({ initContainers = [], containers, volumes }: z.infer<typeof podSpec>): void {
  const mounted = [...initContainers, ...containers].flatMap(({ volumeMounts }) =>
    volumeMounts.map(({ name }) => name),
  );
  expect([...new Set(mounted)].sort()).toEqual(volumes.map(({ name }) => name).sort());
}

test('the CronJob is one', () => {
  const { spec } = cronJob.parse(parse(readFileSync('examples/kubernetes/cron-job.yaml', 'utf8')));
  expectMounts(spec.jobTemplate.spec.template.spec);
});

test('the ScaledJob is one', () => {
  const text = readFileSync('examples/kubernetes/scaled-job.yaml', 'utf8');
  expectMounts(scaledJob.parse(parse(text)).spec.jobTargetRef.template.spec);
  expect(scaledJob.safeParse(parse(text.replace('type: redis', 'type: 7'))).success).toBe(false);
});
