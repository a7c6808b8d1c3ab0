import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { orderedTags, tagWords } from './tagWords.ts';

describe('a tag of an alert', () => {
  it.each([
    ['T1059', 'T1059', 'MITRE ATT&CK technique, Command and Scripting Interpreter'],
    ['T1059.004', 'T1059.004', 'MITRE ATT&CK technique, Command and Scripting Interpreter'],
    ['MITRE_T1036_masquerading', 'T1036', 'MITRE ATT&CK technique, masquerading'],
    ['T1562-impair-defenses', 'T1562', 'MITRE ATT&CK technique, impair defenses'],
    ['TA0005-defense-evasion', 'Defense evasion', 'MITRE ATT&CK tactic TA0005'],
    ['MITRE_TA0008_lateral_movement', 'Lateral movement', 'MITRE ATT&CK tactic TA0008'],
    ['mitre_credential_access', 'Credential access', 'MITRE ATT&CK tactic'],
    ['MITRE', 'MITRE', 'of MITRE ATT&CK'],
    ['T9999', 'T9999', 'MITRE ATT&CK technique'],
  ])('%s is of MITRE', (tag, text, meaning) => {
    expect(tagWords(tag)).toMatchObject({ kind: 'mitre', text, meaning });
  });

  it.each([
    ['NIST_800-53_AC-6', 'AC-6', 'control of NIST SP 800-53: access control'],
    ['NIST_800-53_CM-7(4)', 'CM-7(4)', 'control of NIST SP 800-53: configuration management'],
    ['SI-4', 'SI-4', 'control of NIST SP 800-53: system and information integrity'],
    ['NIST', 'NIST', ''],
    ['NIST_800-53', 'NIST 800-53', ''],
  ])('%s is of NIST', (tag, text, meaning) => {
    expect(tagWords(tag)).toMatchObject({ kind: 'nist', text, meaning });
  });

  it.each([
    ['PCI_DSS_10.2.7', 'pci', 'PCI 10.2.7'],
    ['CIS_Linux_4.1', 'cis', 'CIS Linux 4.1'],
    ['CIS', 'cis', 'CIS'],
  ])('%s is of a benchmark', (tag, kind, text) => {
    expect(tagWords(tag)).toMatchObject({ kind, text });
  });

  it.each(['container', 'T10', 'XX-4', 'maturity_stable', 'FGT1046', 'cisco', 'nistagmus', ''])(
    '%s is a word of its own',
    (tag) => {
      expect(tagWords(tag)).toEqual({ kind: 'plain', text: tag, name: '', meaning: '' });
    },
  );

  it('has the name that goes with its number', () => {
    expect(tagWords('T1528').name).toBe('Steal Application Access Token');
    expect(tagWords('AC-6').name).toBe('access control');
    expect(tagWords('mitre_execution').name).toBe('');
  });

  it('never fails, whatever an agent calls it', () => {
    fc.assert(fc.property(fc.string(), (tag) => typeof tagWords(tag).text === 'string'));
  });
});

it('tags of catalogues come first, numbers before names, each once', () => {
  expect(
    orderedTags(['container', 'NIST', 'mitre_execution', 'T1059', 'SI-4', 'container', 'process']),
  ).toEqual(['T1059', 'mitre_execution', 'SI-4', 'NIST', 'container', 'process']);
});
