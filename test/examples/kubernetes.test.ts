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

/**
 * A ScaledJob as KEDA's custom resource definition has it (config/crd/bases/keda.sh_scaledjobs.yaml of kedacore/keda, 2.12 and
 * later): all fields of its spec, of which the two are required that are required there. The Job's own fields are those that
 * the example uses.
 */
const scaledJob = z.strictObject({
  apiVersion: z.literal('keda.sh/v1alpha1'),
  kind: z.literal('ScaledJob'),
  metadata: z.strictObject({ name: z.string() }),
  spec: z.strictObject({
    envSourceContainerName: z.string().optional(),
    pollingInterval: z.int32().optional(),
    minReplicaCount: z.int32().optional(),
    maxReplicaCount: z.int32().optional(),
    successfulJobsHistoryLimit: z.int32().optional(),
    failedJobsHistoryLimit: z.int32().optional(),
    rolloutStrategy: z.string().optional(),
    rollout: z
      .strictObject({ strategy: z.string().optional(), propagationPolicy: z.string().optional() })
      .optional(),
    scalingStrategy: z
      .strictObject({
        // A string there; these are the ones that KEDA tells apart.
        strategy: z.enum(['default', 'custom', 'accurate', 'eager']).optional(),
        customScalingQueueLengthDeduction: z.int32().optional(),
        customScalingRunningJobPercentage: z.string().optional(),
        multipleScalersCalculation: z.string().optional(),
        pendingPodConditions: z.array(z.string()).optional(),
      })
      .optional(),
    triggers: z.array(
      z.strictObject({
        type: z.literal('redis'),
        name: z.string().optional(),
        // Of the Redis trigger; there they are any strings.
        metadata: z.strictObject({ address: z.string(), listName: z.string(), listLength: z.string() }),
        metricType: z.enum(['Value', 'AverageValue', 'Utilization']).optional(),
        useCachedMetrics: z.boolean().optional(),
        authenticationRef: z.strictObject({ name: z.string(), kind: z.string().optional() }).optional(),
      }),
    ),
    jobTargetRef: z.strictObject({
      parallelism: z.int32(),
      completions: z.int32(),
      backoffLimit: z.int32(),
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
  for (const [right, wrong] of [
    ['type: redis', 'type: 7'],
    ['pollingInterval: 30', 'pollInterval: 30'],
    ['maxReplicaCount: 10', 'maxReplicaCount: "10"'],
    ['listLength: "1"', 'listLength: 1'],
    ['strategy: accurate', 'strategy: exact'],
    ['  jobTargetRef:', '  jobTarget:'],
  ] as const) {
    expect(text).toContain(right);
    expect(scaledJob.safeParse(parse(text.replace(right, wrong))).success).toBe(false);
  }
});
