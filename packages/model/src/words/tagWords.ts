/** Whose catalogue a tag of an alert is from; `plain`: a word of the agent's or the user's own. */
export type TagKind = 'mitre' | 'nist' | 'pci' | 'cis' | 'plain';

export interface TagWords {
  readonly kind: TagKind;
  /** Short, as it is drawn: `T1059.004`, `Credential access`, `AC-6`. */
  readonly text: string;
  /** What the catalogue calls it, where the text is a number; empty: that is not known, or the text says it. */
  readonly name: string;
  /** What it stands for, in one line; empty: it says no more than its text. */
  readonly meaning: string;
}

/** Techniques that agents' stock rules name by their number alone. */
const techniques: ReadonlyMap<string, string> = new Map([
  ['T1003', 'OS Credential Dumping'],
  ['T1014', 'Rootkit'],
  ['T1020', 'Automated Exfiltration'],
  ['T1021', 'Remote Services'],
  ['T1027', 'Obfuscated Files or Information'],
  ['T1036', 'Masquerading'],
  ['T1037', 'Boot or Logon Initialization Scripts'],
  ['T1041', 'Exfiltration Over C2 Channel'],
  ['T1046', 'Network Service Discovery'],
  ['T1048', 'Exfiltration Over Alternative Protocol'],
  ['T1053', 'Scheduled Task/Job'],
  ['T1055', 'Process Injection'],
  ['T1059', 'Command and Scripting Interpreter'],
  ['T1068', 'Exploitation for Privilege Escalation'],
  ['T1070', 'Indicator Removal'],
  ['T1071', 'Application Layer Protocol'],
  ['T1078', 'Valid Accounts'],
  ['T1082', 'System Information Discovery'],
  ['T1083', 'File and Directory Discovery'],
  ['T1090', 'Proxy'],
  ['T1095', 'Non-Application Layer Protocol'],
  ['T1098', 'Account Manipulation'],
  ['T1105', 'Ingress Tool Transfer'],
  ['T1136', 'Create Account'],
  ['T1222', 'File and Directory Permissions Modification'],
  ['T1485', 'Data Destruction'],
  ['T1496', 'Resource Hijacking'],
  ['T1505', 'Server Software Component'],
  ['T1528', 'Steal Application Access Token'],
  ['T1543', 'Create or Modify System Process'],
  ['T1546', 'Event Triggered Execution'],
  ['T1547', 'Boot or Logon Autostart Execution'],
  ['T1548', 'Abuse Elevation Control Mechanism'],
  ['T1552', 'Unsecured Credentials'],
  ['T1555', 'Credentials from Password Stores'],
  ['T1556', 'Modify Authentication Process'],
  ['T1562', 'Impair Defenses'],
  ['T1565', 'Data Manipulation'],
  ['T1571', 'Non-Standard Port'],
  ['T1572', 'Protocol Tunneling'],
  ['T1574', 'Hijack Execution Flow'],
  ['T1609', 'Container Administration Command'],
  ['T1610', 'Deploy Container'],
  ['T1611', 'Escape to Host'],
  ['T1613', 'Container and Resource Discovery'],
  ['T1620', 'Reflective Code Loading'],
]);

const tactics: ReadonlyMap<string, string> = new Map([
  ['TA0001', 'Initial access'],
  ['TA0002', 'Execution'],
  ['TA0003', 'Persistence'],
  ['TA0004', 'Privilege escalation'],
  ['TA0005', 'Defense evasion'],
  ['TA0006', 'Credential access'],
  ['TA0007', 'Discovery'],
  ['TA0008', 'Lateral movement'],
  ['TA0009', 'Collection'],
  ['TA0010', 'Exfiltration'],
  ['TA0011', 'Command and control'],
  ['TA0040', 'Impact'],
  ['TA0042', 'Resource development'],
  ['TA0043', 'Reconnaissance'],
]);

/** Families of the controls of NIST SP 800-53. */
const families: ReadonlyMap<string, string> = new Map([
  ['AC', 'access control'],
  ['AT', 'awareness and training'],
  ['AU', 'audit and accountability'],
  ['CA', 'assessment, authorization and monitoring'],
  ['CM', 'configuration management'],
  ['CP', 'contingency planning'],
  ['IA', 'identification and authentication'],
  ['IR', 'incident response'],
  ['MA', 'maintenance'],
  ['MP', 'media protection'],
  ['PE', 'physical and environmental protection'],
  ['PL', 'planning'],
  ['PM', 'program management'],
  ['PS', 'personnel security'],
  ['PT', 'processing and transparency of personal data'],
  ['RA', 'risk assessment'],
  ['SA', 'system and services acquisition'],
  ['SC', 'system and communications protection'],
  ['SI', 'system and information integrity'],
  ['SR', 'supply chain risk management'],
]);

const TECHNIQUE = /^(?:MITRE[_ -])?(?:ATT&?CK[_ -])?(T\d{4})([._]\d{3})?(?:[_ :-]+(.+))?$/i;
const TACTIC = /^(?:MITRE[_ -])?(TA\d{4})(?:[_ :-]+(.+))?$/i;
const TACTIC_NAME = /^mitre[_ -](.+)$/i;
const CONTROL = /^([A-Z]{2})-\d{1,2}(?:\(\d{1,2}\))?$/;
const NIST = /^NIST(?:[_ -]+(?:SP[_ -]+)?(800[_-]\d{1,3}[a-z]?))?(?:[_ -]+(.+))?$/i;
const PCI = /^PCI(?:[_ -]DSS)?(?:[_ -]+v?(.+))?$/i;
const CIS = /^CIS(?:[_ -]+(.+))?$/i;

/** A tag of an alert, recognised where it is of a known catalogue, whatever the agent puts around its number. */
export function tagWords(tag: string): TagWords {
  return mitreWords(tag) ?? nistWords(tag) ?? otherWords(tag);
}

const order: readonly TagKind[] = ['mitre', 'nist', 'pci', 'cis', 'plain'];

/** Tags as they are drawn: those of catalogues first, numbers before names, the agent's own order within. */
export function orderedTags(tags: readonly string[]): readonly string[] {
  const place = (tag: string): number => {
    const { kind, text } = tagWords(tag);
    return order.indexOf(kind) * 2 + (/\d/.test(text) ? 0 : 1);
  };
  return [...new Set(tags)].sort((a, b) => place(a) - place(b));
}

function mitreWords(tag: string): TagWords | undefined {
  const technique = TECHNIQUE.exec(tag);
  if (technique !== null) {
    const id = (technique[1] ?? '').toUpperCase();
    const sub = (technique[2] ?? '').replace('_', '.');
    const name = technique[3] === undefined ? techniques.get(id) : spaced(technique[3]);
    const about = name === undefined ? 'technique' : `technique, ${name}`;
    return {
      kind: 'mitre',
      text: `${id}${sub}`,
      name: name ?? '',
      meaning: `MITRE ATT&CK ${about}`,
    };
  }
  const tactic = TACTIC.exec(tag);
  if (tactic !== null) {
    const id = (tactic[1] ?? '').toUpperCase();
    const name = tactics.get(id) ?? (tactic[2] === undefined ? '' : sentence(tactic[2]));
    return {
      kind: 'mitre',
      text: name === '' ? id : name,
      name: '',
      meaning: `MITRE ATT&CK tactic ${id}`,
    };
  }
  if (/^mitre$/i.test(tag))
    return { kind: 'mitre', text: 'MITRE', name: '', meaning: 'of MITRE ATT&CK' };
  const named = TACTIC_NAME.exec(tag);
  if (named === null) return undefined;
  const text = sentence(named[1] ?? '');
  return { kind: 'mitre', text, name: '', meaning: 'MITRE ATT&CK tactic' };
}

function nistWords(tag: string): TagWords | undefined {
  if (CONTROL.test(tag) && families.has(tag.slice(0, 2))) return controlWords(tag);
  const nist = NIST.exec(tag);
  if (nist === null) return undefined;
  const [, publication, control] = nist;
  if (control !== undefined && CONTROL.test(control)) return controlWords(control);
  const words = [publication?.replace('_', '-'), control].filter((word) => word !== undefined);
  return { kind: 'nist', text: ['NIST', ...words].join(' '), name: '', meaning: '' };
}

function controlWords(control: string): TagWords {
  const family = families.get(control.slice(0, 2));
  const meaning = `control of NIST SP 800-53${family === undefined ? '' : `: ${family}`}`;
  return { kind: 'nist', text: control, name: family ?? '', meaning };
}

function otherWords(tag: string): TagWords {
  const pci = PCI.exec(tag);
  if (pci !== null) {
    const number = pci[1];
    return {
      kind: 'pci',
      text: number === undefined ? 'PCI DSS' : `PCI ${number}`,
      name: '',
      meaning: number === undefined ? '' : `requirement ${number} of PCI DSS`,
    };
  }
  const cis = CIS.exec(tag);
  if (cis !== null) {
    const rest = cis[1];
    return {
      kind: 'cis',
      text: rest === undefined ? 'CIS' : `CIS ${spaced(rest)}`,
      name: '',
      meaning: 'CIS benchmark',
    };
  }
  return { kind: 'plain', text: tag, name: '', meaning: '' };
}

function spaced(text: string): string {
  return text.replace(/[_-]+/g, ' ').trim();
}

function sentence(text: string): string {
  const words = spaced(text).toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
