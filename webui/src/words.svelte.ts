import { liveWords } from './live/words';
import { billWords } from './sections/bill_words';

/// All that the page itself says, in both languages. What documents say: said.svelte.ts.

export type Language = 'en' | 'ko';

export const language = $state({ now: firstLanguage() });

/// Of the report where it was asked for (`--lang ko`), else of the browser.
function firstLanguage(): Language {
  const isKorean = document.documentElement.lang === 'ko' || navigator.language.startsWith('ko');
  return isKorean ? 'ko' : 'en';
}

const words = {
  ...liveWords,
  ...billWords,

  // of the page
  skip: ['Skip to the survival table', '생존표로 건너뛰기'],
  contents: ['Sections', '목차'],
  to_dark: ['Dark', '어둡게'],
  to_light: ['Light', '밝게'],
  appearance: ['Appearance', '화면 모드'],
  language: ['Language', '언어'],
  made_by: ['Made by', '작성'],
  inputs: ['Read', '입력'],
  seed: ['seed', '시드'],
  understood: [' resources understood', '개 리소스 해석'], // right behind their number
  of: ['of', '/'],
  components: ['components', '구성 요소'],
  of_component: [' component', '개 구성 요소'],
  of_components: [' components', '개 구성 요소'], // right behind their number
  not_known: ['Not known', '알 수 없는 것'],
  show_all: ['Show all', '모두 보기'],
  show_less: ['Show fewer', '접기'],
  none: ['None', '없음'],
  side_by_side: ['Numbers side by side', '나란히 본 수치'],
  nowhere: ['Not said', '명시되지 않음'],

  // sections
  survival: ['What it survives', '무엇을 견디는가'],
  picture: ['Architecture', '아키텍처'],
  fixes: ['Fix first', '먼저 고칠 것'],
  findings: ['Findings', '지적 사항'],
  availability: ['Availability', '가용성'],
  scalability: ['Scalability', '확장성'],
  security: ['Security', '보안'],
  cost: ['Cost', '비용'],
  data: ['Data', '데이터'],
  service_models: ['Rented servers, managed services, serverless', '서버 임대, 관리형, 서버리스'],
  habits: ['Habits', '습관'],
  importance: ['What matters most', '가장 영향이 큰 것'],
  resilience: ['What stops users: one fault, or two at once', '사용자를 멈추는 단일·이중 장애'],
  assumptions: ['Assumptions and sources', '가정과 출처'],

  // the verdict
  gate_passed: ['Passed', '통과'],
  gate_failed: ['Failed', '실패'],
  gate_inconclusive: ['Undecided', '판정 보류'],
  'gate_not judged': ['Not judged', '판정하지 않음'],
  g_passed: ['met', '충족'],
  g_failed: ['missed', '미달'],
  g_inconclusive: ['undecided', '판정 보류'],
  'g_not judged': ['not judged', '판정하지 않음'],
  gate: ['What was asked for', '검사 기준'],
  gate_of_change: ['What the change makes of it', '변경에 대한 판정'],
  survives_leak: ['survives a leaked credential', '자격 증명 유출을 견딤'],

  // the survival table
  worst_case: ['Worst case', '최악의 경우'],
  survives: ['Survives', '판정'],
  down: ['Down', '중단'],
  users: ['Users', '사용자'],
  data_lost: ['Data lost', '데이터 손실'],
  every: ['Every', '빈도'],
  because: ['Because', '이유'],
  yes: ['yes', '견딤'],
  no: ['no', '못 견딤'],
  degraded: ['degraded', '저하'],
  unknown: ['unknown', '알 수 없음'],
  'n/a': ['n/a', '해당 없음'],
  all: ['all', '전부'],
  exposed: ['exposed', '노출'],
  endangered: ['perhaps exposed', '노출 가능성'],
  unbounded: ['unbounded', '무기한'],
  choose_row: [
    'Choose a worst case to see on the picture who goes down, and why.',
    '최악의 경우를 고르면 무엇이 왜 멈추는지 그림에 나타납니다.',
  ],
  'case server': ['a server dies', '서버 장애'],
  'case zone outage': ['a zone is down', '가용 영역 중단'],
  'case zone destroyed': ['a zone is destroyed', '가용 영역 파괴'],
  'case region outage': ['the region is down', '리전 중단'],
  'case region destroyed': ['the region is destroyed', '리전 파괴'],
  'case provider outage': ['the provider is down', '클라우드 사업자 중단'],
  'case provider destroyed': ['the account is lost', '계정 상실'],
  'case service': ['a managed service fails', '관리형 서비스 장애'],
  'case dns': ['DNS answers nothing', 'DNS 무응답'],
  'case third_party': ['a third party fails', '외부 서비스 장애'],
  'case release': ['a bad release', '잘못된 릴리스'],
  'case config': ['a bad config push', '잘못된 설정 배포'],
  'case data_deleted': ['data is deleted', '데이터 삭제'],
  'case surge': ['a surge of users', '사용자 급증'],
  'case slow': ['a server turns slow', '서버가 느려짐'],
  'case partition': ['zones are cut apart', '가용 영역 사이가 끊김'],
  'case credential': ['a credential leaks', '자격 증명 유출'],

  // the course of a worst case
  what_happens: ['What happens', '일어나는 일'],
  moment: ['Moment', '시점'],
  step: ['Step', '단계'],
  then: ['then', '이어서'],
  first_hit: ['Hit first', '먼저 맞는 것'],
  play: ['Play', '재생'],
  pause: ['Pause', '멈춤'],
  close_case: ['Close', '닫기'],
  no_effects: [
    'No component is hit, or which one is hit is not known.',
    '맞는 구성 요소가 없거나, 어느 것인지 알 수 없습니다.',
  ],
  objective: ['Objective', '목표'],
  no_objective: ['No objective is declared', '목표가 명시되지 않음'],
  objective_rto: ['back within', '복구 시간'],
  objective_rpo: ['data lost at most', '데이터 손실 한도'],
  's down': ['down', '중단'],
  's degraded': ['degraded', '저하'],
  's carried': ['carried', '이중화로 버팀'],
  's saturated': ['full', '포화'],
  's exposed': ['exposed', '노출'],
  's endangered': ['perhaps exposed', '노출 가능성'],
  's serving': ['back', '복구됨'],

  // what kind of fault at a provider, or of remedy, something was
  'by down': ['down', '중단'],
  'by degrade': ['degraded', '저하'],
  'by cut': ['cut off', '단절'],
  'by unresolve': ['a name leads nowhere', '이름 해석 불가'],
  'by push': ['a change', '변경 반영'],
  'by surge': ['a surge', '급증'],
  'by limit': ['a limit', '한도'],
  'by destroy': ['destroyed', '파괴'],
  'by invalidate': ['made invalid', '무효화'],
  'by missense': ['sensed wrongly', '잘못된 감지'],
  'by detect': ['noticed', '감지'],
  'by diagnose': ['the cause sought', '원인 파악'],
  'by revert': ['taken back', '되돌림'],
  'by bypass': ['worked around', '우회'],
  'by restart': ['restarted', '재시작'],
  'by shift': ['led elsewhere', '다른 곳으로 옮김'],
  'by fail_over': ['switched over', '장애 조치'],
  'by add_capacity': ['capacity added', '용량 추가'],
  'by throttle': ['throttled', '제한'],
  'by restore': ['restored', '복원'],
  'by repair': ['repaired', '수리'],
  'by reissue': ['issued anew', '재발행'],
  'by drain': ['worked off', '밀린 작업 처리'],
  'by degrade_product': ['some of it switched off', '기능 축소'],

  // numbers over time
  requests: ['Requests a second', '초당 요청'],
  offered: ['made', '들어온 것'],
  served: ['answered', '응답한 것'],
  failed: ['lost', '실패한 것'],
  latency: ['Latency', '응답 시간'],
  lost_share: ['Share of requests lost', '실패한 요청의 비율'],
  working_replicas: ['Replicas that work', '동작하는 복제본'],
  loss_so_far: ['Value of requests lost so far', '지금까지 실패한 요청의 가치'],
  cost_an_hour: ['Cost an hour', '시간당 비용'],
  at_moment: ['now', '이 시점'],
  at_the_end: ['at the end', '마지막 값'],

  // the picture
  picture_label: [
    'Components by provider, region and zone; arrows lead to what is needed',
    '사업자, 리전, 가용 영역별 구성 요소. 화살표는 필요로 하는 쪽에서 필요한 쪽으로 향합니다',
  ],
  picture_keys: [
    'Arrow keys move between components, Enter opens one, Escape closes.',
    '방향키로 구성 요소를 옮겨 다니고, Enter로 열고, Esc로 닫습니다.',
  ],
  search: ['Find a component', '구성 요소 찾기'],
  goal: ['Findings about', '관점'],
  goal_all: ['All goals', '전체'],
  zoom_in: ['Larger', '확대'],
  zoom_out: ['Smaller', '축소'],
  zoom_fit: ['Whole', '전체 보기'],
  enlarge: ['Whole window', '창에 가득'],
  collapse: ['Collapse', '모두 접기'],
  open_stack: ['open', '펼치기'],
  across_zones: ['across zones', '여러 영역'],
  outside: ['outside', '외부'],
  anywhere: ['place not known', '위치 미상'],
  global: ['no region', '리전 없음'],
  arrivals: ['users', '사용자'],
  count_users_begin: ['', '사용자 '], // right before their number, and right behind
  count_users: [' users', '명'],
  hidden_edges: ['thin arrows are left out here', '가는 화살표는 생략했습니다'],
  in_stack: ['within', '다음 묶음 안:'],
  nothing_found: ['No component is called that.', '그런 이름의 구성 요소가 없습니다.'],
  'kind compute': ['compute', '컴퓨팅'],
  'kind storage': ['storage', '스토리지'],
  'kind database': ['database', '데이터베이스'],
  'kind network': ['network', '네트워크'],
  'kind security': ['security', '보안'],
  'kind messaging': ['messaging', '메시징'],
  'kind external': ['third party', '외부 업체'],
  'kind other': ['other', '기타'],

  // a component
  type: ['Type', '유형'],
  place: ['Place', '위치'],
  replicas: ['Replicas', '복제본'],
  at_least: ['needed', '최소 필요'],
  needs: ['Needs', '필요로 함'],
  needed_by: ['Needed by', '필요한 쪽'],
  or: ['or', '또는'],
  'strength hard': ['cannot do without', '없으면 멈춤'],
  'strength soft': ['does with less without it', '없어도 축소되어 동작'],
  'strength async': ['does without until a queue is full', '큐가 찰 때까지는 동작'],
  'strength startup': ['only to start and to scale', '시작하고 늘릴 때만'],
  'strength refresh': ['does without for a while', '한동안은 없어도 동작'],
  'strength control': ['only to be changed', '변경할 때만'],
  'strength auth': ['for those who must sign in', '로그인해야 하는 사용자에게만 필수'],
  'strength observe': ['only to be watched', '관측용'],
  parts: ['Parts', '구성 리소스'],
  stands_at: ['Written at', '정의 위치'],

  // findings
  severity: ['Severity', '심각도'],
  critical: ['critical', '치명적'],
  high: ['high', '높음'],
  medium: ['medium', '중간'],
  low: ['low', '낮음'],
  info: ['note', '참고'],
  remedy: ['Remedy', '해결책'],
  evidence: ['Evidence', '근거'],
  cut_set: ['Smallest set that fails', '최소 절단 집합'],
  confidence: ['Confidence', '확신도'],
  minutes_caused: ['Down a year because of it', '이로 인한 연간 중단'],
  ignored_because: ['Ignored', '무시됨'],
  in_baseline: ['in the baseline', '기준선에 있음'],
  fails: ['fails the check', '검사 실패 요인'],
  no_findings: ['No findings.', '지적 사항이 없습니다.'],
  becomes: ['becomes', '→'],
  saves: ['Saves a year', '연간 절감'],
  stated: ['stated', '명시됨'],
  referenced: ['referenced', '참조됨'],
  inferred: ['inferred', '추론됨'],

  // availability
  down_a_year: ['Down a year', '연간 중단'],
  between: ['Between, by what is unknown', '모르는 것에 따른 범위'],
  figures_range: ['By how sure the figures are (90 %)', '수치의 불확실성에 따른 범위 (90%)'],
  outages: ['Outages a year', '연간 장애 횟수'],
  mean_outage: ['An outage lasts (mean)', '평균 장애 시간'],
  exactness: ['Answer', '답의 정확도'],
  exact: ['exact', '정확한 값'],
  bounded: ['bounded', '한계값'],
  estimated: ['estimated', '추정값'],
  met: ['met', '충족'],
  missed: ['missed', '미달'],
  next_year: ['Next year', '내년'],
  p_none: ['Chance of no outage', '장애가 없을 확률'],
  median_year: ['Half of the years are worse than', '절반의 해는 이보다 나쁨'],
  tenth_year: ['One year in ten is worse than', '열 해 중 한 해는 이보다 나쁨'],
  p_met: ['Chance that objectives are met', '목표를 충족할 확률'],
  journey: ['Journey', '사용자 여정'],
  share: ['Share', '비중'],
  depends_on: ['Depends on', '의존하는 곳'],
  causes: ['What causes the downtime', '중단의 원인'],
  causes_note: [
    'Minutes a year of all users, attributed once each',
    '전체 사용자의 연간 중단 시간을 원인마다 한 번씩만 셈',
  ],
  nobody_served: ['Nothing here serves users.', '사용자를 받는 것이 없습니다.'],

  // importances
  importance_note: [
    'Everything that may fail, by the downtime it causes. All columns are over all users. The fall of a region does not take each of its services every time: on average it cuts off fewer users than at worst.',
    '고장 날 수 있는 모든 것을, 그로 인한 중단 시간이 긴 순서로 보입니다. 모든 값은 전체 사용자 기준입니다. 리전이 멈춰도 모든 서비스가 매번 함께 멈추지는 않으므로, 평균으로는 최악의 경우보다 적은 사용자가 끊깁니다.',
  ],
  importance_unknown: [
    'Not worked out: the structure was too large for exact answers.',
    '구조가 너무 커서 정확히 계산하지 못했습니다.',
  ],
  importance_none: ['Nothing here causes downtime.', '중단을 일으키는 것이 없습니다.'],
  what_fails: ['What fails', '장애 요인'],
  causes_down: ['Downtime it causes a year', '이로 인한 연간 중단'],
  goes_without: ['Downtime gone without it', '없앨 때 줄어드는 중단'],
  cuts_off: ['Users it cuts off, on average', '발생 시 끊기는 사용자(평균)'],
  likelier: ['Outage likelier meanwhile', '그동안 중단 확률 배수'],

  // scalability
  no_peak: [
    'No peak of users is declared: objectives, users, peak.',
    '최대 사용자 수가 선언되지 않았습니다 (objectives, users, peak).',
  ],

  // security
  ways: ['Ways from the internet to data', '인터넷에서 데이터로 가는 길'],
  no_ways: ['No way from the internet to data was found.', '인터넷에서 데이터로 가는 길을 찾지 못했습니다.'],
  open_yes: ['open', '열림'],
  open_unknown: ['perhaps open', '열렸을 수 있음'],
  open_no: ['closed', '닫힘'],
  break_ins: ['break-ins it takes', '필요한 침입 횟수'],
  by_design: ['by design', '설계된 경로'],
  failover_only: ['only in failover', '장애 조치 때만'],
  holds: ['holds', '보유 데이터'],
  guessed: ['guessed', '추측'],
  show_on_picture: ['Show on the picture', '그림에서 보기'],
  closes: ['The fewest changes that close them', '모두 막는 최소한의 변경'],
  cannot_close: [
    'Some way is made only of what things are there for.',
    '본래 용도만으로 이루어진 길이 있어 막을 수 없습니다.',
  ],
  radius: ['What one leak opens', '하나가 유출되면 열리는 것'],
  reads: ['Reads', '읽는 데이터'],
  perhaps_reads: ['Perhaps reads', '읽을 수도 있는 데이터'],
  reaches: ['Components reached', '도달하는 구성 요소'],
  credential: ['credential', '자격 증명'],
  component: ['component', '구성 요소'],
  internet: ['internet', '인터넷'],

  // data
  store: ['Store', '저장소'],
  copies: ['Copies', '사본'],
  restorable: ['Can be restored', '복원 가능성'],
  lost_if: ['All of it is lost if', '전부 잃는 경우'],
  and: ['and', '그리고'],
  no_stores: ['No store of data.', '데이터 저장소가 없습니다.'],
  'copy replica': ['replica', '복제본'],
  'copy snapshot': ['snapshot', '스냅샷'],
  'copy log': ['log', '로그'],
  'copy export': ['export', '내보내기'],

  // cost
  a_month: ['a month', '/월'],
  month: ['A month', '월 비용'],
  fixed: ['Fixed', '고정'],
  per_use: ['Per use', '사용량'],
  idle: ['Idle', '유휴'],
  unpriced: ['Without a price', '가격 미상'],
  open_lines: ['Lines whose use is not stated', '사용량이 명시되지 않은 항목'],
  budget: ['Budget', '예산'],
  with_users: ['With more users', '사용자가 늘면'],
  loss: ['Expected loss by outages a year', '장애로 인한 연간 예상 손실'],
  line: ['Line', '항목'],
  quantity: ['Quantity', '수량'],
  price: ['Price', '단가'],
  price_per: ['per', '/'],
  source: ['Source', '출처'],
  priced: ['priced', '산정'],
  open: ['use not stated', '사용량 미상'],
  no_bill: ['Nothing here is billed.', '비용이 청구되는 것이 없습니다.'],

  // service models, and any two beside each other
  'v as_is': ['as it is', '현재'],
  'v iaas': ['rented servers', '서버 임대'],
  'v paas': ['managed services', '관리형 서비스'],
  'v faas': ['serverless', '서버리스'],
  single_points: ['Single points of failure (components, zones and services)', '단일 장애점(구성 요소, 가용 영역, 서비스)'],
  attack_paths: ['Ways in to data', '데이터로 가는 침입 경로'],
  time_to_scale: ['Time to scale', '확장에 걸리는 시간'],
  break_even: ['Break-even', '비용이 같아지는 지점'],
  below: ['cheaper below it:', '더 적을 때 싼 쪽:'],
  above: ['above it:', '더 많을 때 싼 쪽:'],
  cost_by_load: ['Cost a month by users', '사용자 수에 따른 월 비용'],
  always: ['always', '항상 더 싼 쪽:'],
  instead_of: ['instead of', '비교 대상:'],
  up_to: ['up to', '최대'],
  no_break_even: ['Fewer than two have a price, or all cost the same.', '가격을 아는 것이 둘이 안 되거나 모두 비용이 같습니다.'],
  incomplete: ['some prices are not known', '일부 가격은 알 수 없음'],
  number: ['Number', '수치'],

  // habits
  assumes_failure: ['Assumes failure', '장애를 전제함'],
  spread_out: ['Spread out', '넓게 분산됨'],
  rolls_out_in_steps: ['Rolls out in steps', '단계적으로 배포함'],
  loosely_coupled: ['Loosely coupled', '느슨하게 결합됨'],
  good: ['good', '좋음'],
  partly: ['partly', '일부'],
  poor: ['poor', '미흡'],

  // resilience
  cut_sets_note: [
    'The smallest sets of faults that leave users without service (minimal cut sets), the worst first. Faults are counted here, not things: a zone that is down and the same zone destroyed are two.',
    '사용자가 서비스를 받지 못하게 만드는 최소한의 장애 조합(최소 절단 집합)입니다. 영향이 큰 것부터 보입니다. 여기서는 대상이 아니라 장애를 셉니다. 같은 가용 영역의 중단과 파괴는 둘입니다.',
  ],
  single_cause: ['Single faults cause ', '연간 중단: 하나만으로 멈추는 장애 '], // right before their numbers, and right behind
  double_cause: [', two at once ', ', 둘이 겹친 장애 '],
  of_all_down: [' of the ', ', 전체 '],
  rest_is: [
    ' down a year; the rest is switching to what stands in, faults that it does not cover, and more faults at once.',
    '. 나머지는 대체하는 쪽으로 전환하는 시간, 대체가 되지 않는 장애, 셋 이상 겹친 장애입니다.',
  ],
  single_faults: ['One fault is enough', '하나만으로 멈춤'],
  double_faults: ['Only two at once', '둘이 겹치면 멈춤'],
  no_single: ['No single fault stops users.', '하나만으로 사용자를 멈추는 장애는 없습니다.'],
  perhaps_more: [
    'There may be more: the structure was too large to list all.',
    '구조가 너무 커서 모두 찾지 못했습니다. 더 있을 수 있습니다.',
  ],
  rarer_left_out: ['Less important ones are left out.', '영향이 더 작은 것은 생략했습니다.'],
  alike_begin: ['', '같은 종류 '], // right before their numbers, and right behind
  alike: [' alike', ''],
  once_in: ['once in ', ''],
  once_in_end: ['', '에 한 번'],
  of_users_begin: ['', '사용자 '],
  of_users: [' of users', ''],
  planned_work: ['Planned work', '계획 작업'],
  forced_on: ['forced by the provider on', '공급자의 강제 업그레이드'],
  while: ['while', '하는 동안'],
  per_year: ['A year', '연간 횟수'],
  lasts: ['Lasts', '소요 시간'],
  no_double: ['No two faults stop users that one alone does not.', '둘이 겹쳐야만 사용자를 멈추는 장애는 없습니다.'],

  // assumptions
  what: ['What', '항목'],
  value: ['Value', '값'],
  filter: ['Filter', '걸러 보기'],

  // units
  unit_s: ['s', '초'],
  unit_min: ['min', '분'],
  unit_h: ['h', '시간'],
  unit_d: ['d', '일'],
  unit_days: ['days', '일'],
  unit_weeks: ['weeks', '주'],
  unit_y: ['y', '년'],
  very_rare: ['over 1,000,000 y', '1,000,000년 이상'],
} satisfies Record<string, [string, string]>;

export type Word = keyof typeof words;

export function say(word: Word): string {
  return words[word][language.now === 'ko' ? 1 : 0];
}

/// A word of the document that the page has its own for; the word itself where it has none.
export function sayOr(word: string, otherwise: string): string {
  return word in words ? say(word as Word) : otherwise;
}

/// The name of a case of the survival table; incidents are called by their id: "AWS 2025-10-20".
export function caseTitle(worstCase: string, mode: string | null): string {
  if (worstCase === 'incident' && mode !== null) {
    const end = mode.indexOf('-') < 0 ? mode.length : mode.indexOf('-');
    const who = mode.slice(0, end);
    const title = end <= 3 ? who.toUpperCase() : who.charAt(0).toUpperCase() + who.slice(1);
    return `${title} ${mode.slice(end + 1)}`;
  }
  return sayOr(['case', worstCase, mode].filter(Boolean).join(' '), worstCase);
}

/// "and 4 more"
export function andMore(count: number): string {
  return language.now === 'ko' ? `외 ${count}` : `and ${count} more`;
}
