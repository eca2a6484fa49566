// Architectures made for the pictures: tiers of services behind an edge, over zones, with stores.

const kinds = ['aws.ec2', 'aws.ec2', 'aws.ecs.service', 'aws.lambda', 'aws.sqs'];

/// A blueprint of about so many components; deterministic.
export function madeOf(count) {
  const lines = ['outlast: 1', `name: made-of-${count}`, 'objectives: {availability: 99.9%}'];
  lines.push('journeys: {visit: {enters: edge}}', 'components:');
  lines.push('  edge: {type: aws.cloudfront, needs: [gate]}');
  lines.push('  gate: {type: aws.alb, region: us-east-1, zones: [a, b], needs: [service-0, service-1]}');
  const services = Math.max(2, Math.round((count - 2) * 0.8));
  const stores = Math.max(1, count - 2 - services);
  for (let i = 0; i < services; ++i) {
    const needs = [2 * i + 2, 2 * i + 3].filter((n) => n < services).map((n) => `service-${n}`);
    needs.push(`store-${i % stores}`);
    const zones = i % 3 === 0 ? '[a, b, c]' : `[${'abc'[i % 3]}]`;
    const type = kinds[i % kinds.length];
    const place = type.includes('ec2') || type.includes('ecs')
      ? `replicas: ${1 + (i % 3)}, region: us-east-1, zones: ${zones}` : 'region: us-east-1';
    lines.push(`  service-${i}: {type: ${type}, ${place}, needs: [${needs.join(', ')}]}`);
  }
  for (let i = 0; i < stores; ++i) {
    lines.push(`  store-${i}: {type: aws.rds.postgres, region: us-east-1, zones: [${'abc'[i % 3]}]}`);
  }
  return `${lines.join('\n')}\n`;
}

/// Services and stores with names as long as people give them.
export function longNamed() {
  const of = ['home-timeline', 'post-storage', 'social-graph', 'user-mention', 'checkoutservice', 'url_shortener', 'recommendation'];
  const lines = ['outlast: 1', 'name: long-named', `journeys: {visit: {enters: ${of[0]}-service}}`, 'components:'];
  of.forEach((name, i) => {
    const needs = [`${name}-memcached`, `${name}-postgresql-primary`, ...(of[i + 1] ? [`${of[i + 1]}-service`] : [])];
    lines.push(`  ${name}-service: {type: aws.ecs.service, region: us-east-1, zones: [a, b, c], replicas: 12, needs: [${needs.join(', ')}]}`);
    lines.push(`  ${name}-memcached: {type: aws.elasticache.memcached, region: us-east-1, zones: [a]}`);
    lines.push(`  ${name}-postgresql-primary: {type: aws.rds.postgres, region: us-east-1, zones: [b]}`);
  });
  for (const place of ['north-europe', 'south-europe']) {
    lines.push(`  module.server.${place}.module.public_load_balancer.traffic_manager_profile.example_traffic_manager: {type: aws.ec2, region: us-east-1, zones: [a]}`);
  }
  return `${lines.join('\n')}\n`;
}

/// Names and types that have no place to break, of which the catalog knows nothing.
const endless = 'module_without_end'.repeat(8);
export const wide = `outlast: 1
name: ${endless}
journeys: {${endless}: {enters: ${endless}}}
components:
  ${endless}: {type: ${endless}_load_balancer, zones: [a], needs: [${endless}-2]}
  ${endless}-2: {type: aws.rds.postgres, zones: [a]}
`;

/// Names that would act as markup if they were not told as text.
export const hostile = `outlast: 1
name: "</script><script>document.title='cracked'</script>"
journeys: {visit: {enters: "<img src=x onerror=alert(1)>"}}
components:
  "<img src=x onerror=alert(1)>": {type: aws.ec2, zones: [a], needs: ["{{7*7}} \${1+1}"]}
  "{{7*7}} \${1+1}": {type: aws.rds.postgres, zones: [a]}
  "gnp\u202eexe": {type: aws.ec2, zones: [a]}
`;
