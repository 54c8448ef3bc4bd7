// Runs a rendered installation script against stand-ins for everything that is no function
// of the script, and holds what it calls against the steps that the provider has for the
// design: node walk.mjs FOLDER CMDLETS.json, where FOLDER holds install.ps1, steps.json and
// the scripts of Setup.
//
// The stand-ins keep a hierarchy that begins with nothing, and refuse what the product
// would: a role on a computer that is no site system, an account that no site knows, a
// cmdlet outside of the drive of a site, a parameter that no parameter set has. What the
// script leaves to a person, a person does between two runs. Then the script is spoiled in
// ways that have to be noticed: steps swapped, calls taken out, values changed.
import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { Block, Exit, Failure, Interpreter, List, Table, list, parse, property, text, truth } from "./interpreter.mjs";

const [folder, cmdletsFile] = process.argv.slice(2);
const script = readFileSync(join(folder, "install.ps1"), "utf8");
const plan = JSON.parse(readFileSync(join(folder, "steps.json"), "utf8"));
const reference = new Map(Object.entries(JSON.parse(readFileSync(cmdletsFile, "utf8")).cmdlets).map(([name, entry]) => [name.toLowerCase(), { name, ...entry }]));
const stepOf = new Map(plan.steps.map((step) => [step.id, step]));

const workstation = "admin01.contoso.com";

// The names of roles in SMS_SCI_SysResUse (site and WMI reference), the cmdlets that add
// them, and the component whose message says that they are installed.
const roles = {
  "add-cmmanagementpoint": ["SMS Management Point", "SMS_MP_CONTROL_MANAGER"],
  "add-cmdistributionpoint": ["SMS Distribution Point", "SMS_DISTRIBUTION_MANAGER"],
  "add-cmsoftwareupdatepoint": ["SMS Software Update Point", "SMS_WSUS_CONTROL_MANAGER"],
  "add-cmserviceconnectionpoint": ["SMS Dmp Connector", "SMS_DMP_DOWNLOADER"],
  "add-cmreportingservicepoint": ["SMS SRS Reporting Point", "SMS_SRS_REPORTING_POINT"],
  "add-cmdatawarehouseservicepoint": ["Data Warehouse Service Point", "DATA_WAREHOUSE_SERVICE_POINT"],
  "add-cmendpointprotectionpoint": ["SMS Endpoint Protection Point", "SMS_ENDPOINT_PROTECTION_CONTROL_MANAGER"],
  "add-cmfallbackstatuspoint": ["SMS Fallback Status Point", "SMS_FALLBACK_STATUS_POINT"],
  "add-cmstatemigrationpoint": ["SMS State Migration Point", "SMS_STATE_MIGRATION_POINT"],
  "add-cmcloudmanagementgatewayconnectionpoint": ["SMS Cloud Proxy Connector", "SMS_CLOUD_PROXYCONNECTOR"],
};

// The builds of versions (updates, 2026-03-31), and the one that the media bring.
const builds = { 2503: 9135, 2509: 9141, 2603: 9146 };
const media = 2503;

class Time {
  constructor(minutes) { this.minutes = minutes; }
  AddMinutes = (more) => new Time(this.minutes + Number(more));
  valueOf() { return this.minutes; }
}

// The world that the script changes.
class World {
  minutes = 0;
  sites = new Map();
  systems = new Set();
  roles = []; // { site, server, role, component, ready }
  accounts = new Set();
  features = new Set();
  administrators = new Set();
  prepared = { directory: new Set(), sql: new Set(), reports: new Set(), wsus: new Set(), shares: new Set() };
  gateways = [];
  passive = new Map(); // site to the minute at which it is ready
  groups = new Map();
  progress = new Map(); // by computer: the lines of the file
  acts = []; // { step, cmdlet, parameters, pass }
}

const refuse = (message, type) => { throw new Failure(message, type); };
const key = (...parts) => parts.map((part) => text(part).toLowerCase()).join("/");

// A parameter set of the reference has to fit.
function checkParameters(name, parameters) {
  const entry = reference.get(name.toLowerCase());
  if (!entry) return `${name} is not in the reference`;
  const reasons = [];
  for (const set of entry.sets) {
    const known = new Map(Object.entries(set).map(([parameter, kind]) => [parameter.toLowerCase(), kind]));
    let reason = "";
    for (const [parameter, value] of Object.entries(parameters)) {
      const kind = known.get(parameter.toLowerCase());
      if (kind) reason ||= checkValue(parameter, kind.replace("!", ""), value);
      else if (!entry.common.some((common) => common.toLowerCase() === parameter.toLowerCase()) && parameter.toLowerCase() !== "erroraction") reason ||= `no parameter ${parameter}`;
    }
    for (const [parameter, kind] of Object.entries(set)) {
      if (kind.split("=")[0].endsWith("!") && !Object.keys(parameters).some((given) => given.toLowerCase() === parameter.toLowerCase())) reason ||= `without ${parameter}`;
    }
    if (!reason) return "";
    reasons.push(reason);
  }
  return `${name}: ${reasons.join("; ")}`;
}

function checkValue(parameter, kind, value) {
  const [base, values] = kind.split("=");
  if (value?.input) return (base === "SecureString") === Boolean(value.secret) ? "" : `${parameter} is a ${base}`;
  if (value?.from) return base.startsWith("IResultObject") || base.startsWith("SMSProvider") ? "" : `${parameter} is a ${base}`;
  if (values) return values.split("|").some((word) => word.toLowerCase() === text(value).toLowerCase()) ? "" : `${parameter} is ${text(value)}, not one of ${values}`;
  switch (base) {
    case "Boolean": case "SwitchParameter": return typeof value === "boolean" ? "" : `${parameter} is no ${base}`;
    case "Int16": case "Int32": case "UInt32": case "Int64": return Number.isInteger(value) ? "" : `${parameter} is no number`;
    case "Int32[]": return list(value).every(Number.isInteger) ? "" : `${parameter} holds what is no number`;
    case "String[]": return list(value).every((one) => typeof one === "string") ? "" : `${parameter} holds what is no string`;
    case "String": return typeof value === "string" ? "" : `${parameter} is no string`;
    case "DateTime": return /^\d{4}-\d{2}-\d{2}/.test(text(value)) ? "" : `${parameter} is no date`;
    case "DriveType": return typeof value === "string" ? "" : `${parameter} is no drive`;
    default: return `${parameter} is a ${base}`;
  }
}

// Run is one run of the script on a computer.
class Run {
  warnings = [];
  errors = [];
  left = [];
  drives = new Set();
  location = "";
  module = false;

  constructor(world, computer, pass) { Object.assign(this, { world, computer, pass }); }

  start(trees, parameters) {
    const interpreter = new Interpreter({ standIns: this.standIns(), types: this.types(), environment: { COMPUTERNAME: this.computer, SMS_ADMIN_UI_PATH: "C:\\Console\\bin\\i386", PROGRAMFILES: "C:\\Program Files" } });
    this.interpreter = interpreter;
    interpreter.set("PSCmdlet", { ShouldProcess: () => true });
    interpreter.set("WhatIfPreference", false);
    interpreter.set("PSScriptRoot", "C:\\scripts");
    for (const [name, value] of Object.entries(parameters)) interpreter.setParameter(name, value);
    this.code = interpreter.run(trees);
    return this;
  }

  step() { return this.interpreter.get("Id"); }
  act(cmdlet, parameters) { this.world.acts.push({ step: this.step(), cmdlet, parameters, pass: this.pass }); }

  // onDrive makes a stand-in of a cmdlet of the product: it works on the drive of a site only.
  cmdlet(name, run) {
    return ({ parameters }) => {
      const wrong = checkParameters(name, parameters);
      if (wrong) throw new Error(`${this.step()}: ${wrong}`);
      if (!/^[A-Z0-9]{3}:$/i.test(this.location)) refuse(`${name} cannot be run from ${this.location || "the file system"}`);
      const given = new Table();
      for (const [parameter, value] of Object.entries(parameters)) given.set(parameter, value);
      if (!name.startsWith("Get-")) this.act(name, parameters);
      return run((parameter) => given.get(parameter), this.location.slice(0, 3).toUpperCase());
    };
  }

  site(code) { return this.world.sites.get(text(code).toUpperCase()) ?? refuse(`there is no site ${text(code)}`); }

  known(site, name) {
    if (name && !this.world.accounts.has(key(site, name))) refuse(`the account ${name} is not known to ${site}`);
  }

  // registrar is the site that keeps the accounts of a site: a secondary site has none.
  registrar(site) {
    const own = this.site(site);
    return own.secondary ? own.parent : own.code;
  }

  addRole(name, [role, component], get) {
    const { world } = this;
    const siteCode = text(get("SiteCode")).toUpperCase(), server = text(get("SiteSystemServerName")).toLowerCase();
    const site = this.site(siteCode);
    if (site.server !== server && !world.systems.has(key(siteCode, server))) refuse(`${server} is no site system of ${siteCode}`);
    if (world.roles.some((other) => other.site === siteCode && other.server === server && other.role === role)) refuse(`${server} has the role ${role}`);
    for (const parameter of ["ConnectionAccountUserName", "UserName", "ConnectionAccount"]) this.known(this.registrar(siteCode), text(get(parameter) ?? ""));
    if (get("EnableCloudGateway") === true && world.gateways.length === 0) refuse("there is no gateway");
    for (const source of list(get("SourceDistributionPoint"))) {
      if (!world.roles.some((other) => other.role === role && other.server === text(source).toLowerCase())) refuse(`${text(source)} is no distribution point`);
    }
    if (name === "add-cmcloudmanagementgatewayconnectionpoint" && !world.gateways.includes(text(get("CloudManagementGatewayName")).toLowerCase())) refuse("there is no such gateway");
    if (role === "SMS Software Update Point" && !world.prepared.wsus.has(server)) refuse(`WSUS of ${server} is not complete`);
    if (role === "SMS SRS Reporting Point" && !world.prepared.reports.has(server)) refuse(`${server} is no report server`);
    world.roles.push({ site: siteCode, server, role, component, ready: world.minutes + 7 });
    return [];
  }

  standIns() {
    const { world } = this;
    const table = {
      ...this.language(),
      "get-windowsfeature": ({ parameters }) => list(parameters.Name).map((name) => ({ Name: name, Installed: world.features.has(key(parameters.ComputerName, name)) })),
      "install-windowsfeature": ({ parameters }) => {
        this.act("Install-WindowsFeature", parameters);
        for (const name of list(parameters.Name)) world.features.add(key(parameters.ComputerName, name));
        return { Success: true, RestartNeeded: "No" };
      },
      "invoke-command": ({ parameters }) => this.remote(text(parameters.ComputerName).toLowerCase(), parameters),
      "get-ciminstance": ({ parameters }) => this.instances(parameters),
      "start-process": ({ parameters }) => this.process(parameters),
      "get-cmsite": this.cmdlet("Get-CMSite", (get) => {
        const site = world.sites.get(text(get("SiteCode")).toUpperCase());
        if (!site) return [];
        const update = site.update && site.update.ready <= world.minutes ? site.update.build : site.build;
        const moved = site.library && site.library.ready <= world.minutes;
        return {
          SiteCode: site.code, ServerName: site.server, Status: site.ready <= world.minutes ? 1 : 2, BuildNumber: update, InstallDir: "D:\\ConfigMgr",
          ContentLibraryLocation: moved ? site.library.location : "D:\\SCCMContentLib", ContentLibraryMoveProgress: moved || !site.library ? 100 : 40,
        };
      }),
      "get-cmdatabasereplicationstatus": this.cmdlet("Get-CMDataBaseReplicationStatus", (get) => ({ LinkStatus: this.site(get("ChildSiteCode")).ready <= world.minutes ? 2 : 1 })),
      "get-cmaccount": this.cmdlet("Get-CMAccount", (get) => world.accounts.has(key(get("SiteCode"), get("UserName"))) ? { UserName: get("UserName") } : []),
      "new-cmaccount": this.cmdlet("New-CMAccount", (get) => {
        this.site(get("SiteCode"));
        world.accounts.add(key(get("SiteCode"), get("UserName")));
        return { UserName: get("UserName") };
      }),
      "get-cmsitesystemserver": this.cmdlet("Get-CMSiteSystemServer", (get) => world.systems.has(key(get("SiteCode"), get("SiteSystemServerName"))) ? { NetworkOSPath: "\\\\" + get("SiteSystemServerName") } : []),
      "new-cmsitesystemserver": this.cmdlet("New-CMSiteSystemServer", (get) => {
        const site = this.site(get("SiteCode"));
        this.known(this.registrar(site.code), text(get("AccountName") ?? ""));
        world.systems.add(key(site.code, get("SiteSystemServerName")));
        return [];
      }),
      "get-cmsiterole": this.cmdlet("Get-CMSiteRole", (get) => {
        const name = text(get("RoleName")), server = get("SiteSystemServerName");
        return world.roles.filter((role) => role.site === text(get("SiteCode")).toUpperCase() && role.role === name && (server === null || role.server === text(server).toLowerCase()))
          .map((role) => ({ NetworkOSPath: "\\\\" + role.server, RoleName: role.role }));
      }),
      "set-cmsite": this.cmdlet("Set-CMSite", (get) => { this.site(get("SiteCode")); return []; }),
      "set-cmdistributionpoint": this.cmdlet("Set-CMDistributionPoint", (get) => this.has("SMS Distribution Point", get)),
      "set-cmmanagementpoint": this.cmdlet("Set-CMManagementPoint", (get) => {
        if (get("EnableCloudGateway") === true && !world.roles.some((role) => role.role === "SMS Cloud Proxy Connector" && role.ready <= world.minutes)) refuse("no connection point of a gateway is there");
        return this.has("SMS Management Point", get);
      }),
      "set-cmsoftwareupdatepointcomponent": this.cmdlet("Set-CMSoftwareUpdatePointComponent", (get) => {
        if (!world.roles.some((role) => role.site === text(get("SiteCode")) && role.role === "SMS Software Update Point")) refuse("the site has no software update point");
        return [];
      }),
      "install-cmsiteupdate": this.cmdlet("Install-CMSiteUpdate", (get, drive) => {
        const build = builds[/ (\d{4})$/.exec(text(get("Name")))?.[1]] ?? refuse(`there is no update ${text(get("Name"))}`);
        if (!world.roles.some((role) => role.role === "SMS Dmp Connector" && role.ready <= world.minutes)) refuse("no service connection point is there to bring updates");
        this.site(drive).update = { build, ready: world.minutes + 90 };
        return [];
      }),
      "new-cmsecondarysite": this.cmdlet("New-CMSecondarySite", (get) => {
        const parent = this.site(get("PrimarySiteCode"));
        if (!world.roles.some((role) => role.site === parent.code && role.role === "SMS Management Point" && role.ready <= world.minutes)) refuse(`${parent.code} has no management point yet`);
        this.addSite(text(get("SecondarySiteCode")), text(get("ServerName")).toLowerCase(), parent, true);
        return [];
      }),
      "new-cminstallationsourcefile": this.cmdlet("New-CMInstallationSourceFile", () => ({ from: "New-CMInstallationSourceFile" })),
      "new-cmsqlserversetting": this.cmdlet("New-CMSqlServerSetting", () => ({ from: "New-CMSqlServerSetting" })),
      "move-cmcontentlibrary": this.cmdlet("Move-CMContentLibrary", (get) => {
        const site = this.site(get("SiteCode"));
        if (!world.prepared.shares.has(key(get("NewLocation")))) refuse("the share is not there");
        if (world.roles.some((role) => role.site === site.code && role.server === site.server && role.role === "SMS Distribution Point")) refuse("the site server has a distribution point");
        site.library = { location: text(get("NewLocation")), ready: world.minutes + 30 };
        return [];
      }),
      "add-cmpassivesite": this.cmdlet("Add-CMPassiveSite", (get) => {
        const site = this.site(get("SiteCode")), server = text(get("SiteSystemServerName")).toLowerCase();
        if (!site.library || site.library.ready > world.minutes) refuse("the content library is on the site server");
        if (world.roles.some((role) => role.server === server)) refuse(`${server} has roles`);
        world.roles.push({ site: site.code, server, role: "SMS Site Server", ready: world.minutes + 50 });
        world.passive.set(site.code, world.minutes + 50);
        return [];
      }),
      "get-cmcloudmanagementgateway": this.cmdlet("Get-CMCloudManagementGateway", () => world.gateways.map((name) => ({ Name: name }))),
      "new-cmcloudmanagementgateway": this.cmdlet("New-CMCloudManagementGateway", (get) => {
        if (!world.roles.some((role) => role.role === "SMS Dmp Connector" && role.ready <= world.minutes)) refuse("there is no service connection point");
        world.gateways.push(text(get("ServiceName")).toLowerCase());
        return [];
      }),
      "get-cmboundarygroup": this.cmdlet("Get-CMBoundaryGroup", (get) => world.groups.has(key(get("Name"))) ? { Name: get("Name") } : []),
      "new-cmboundarygroup": this.cmdlet("New-CMBoundaryGroup", (get) => { world.groups.set(key(get("Name")), list(get("AddSiteSystemServerName"))); return []; }),
      "set-cmboundarygroup": this.cmdlet("Set-CMBoundaryGroup", (get) => { world.groups.get(key(get("Name"))).push(...list(get("AddSiteSystemServerName"))); return []; }),
    };
    for (const [name, role] of Object.entries(roles)) table[name] = this.cmdlet(reference.get(name).name, (get) => this.addRole(name, role, get));
    return table;
  }

  has(role, get) {
    const there = this.world.roles.some((other) => other.site === text(get("SiteCode")).toUpperCase() && other.server === text(get("SiteSystemServerName")).toLowerCase() && other.role === role);
    return there ? [] : refuse(`${text(get("SiteSystemServerName"))} has no role ${role}`);
  }

  addSite(code, server, parent, secondary) {
    const site = { code: code.toUpperCase(), server, parent: parent?.code, secondary, ready: this.world.minutes + 25, build: parent ? this.buildOf(parent) : builds[media] };
    this.world.sites.set(site.code, site);
    this.world.roles.push({ site: site.code, server, role: "SMS Site Server", ready: site.ready });
    if (secondary) {
      for (const name of ["add-cmmanagementpoint", "add-cmdistributionpoint"]) this.world.roles.push({ site: site.code, server, role: roles[name][0], component: roles[name][1], ready: site.ready });
    } else this.world.roles.push({ site: site.code, server, role: "SMS Provider", ready: site.ready });
  }

  buildOf(site) { return site.update && site.update.ready <= this.world.minutes ? site.update.build : site.build; }

  // process starts setup.exe, on the computer that the script runs on.
  process({ FilePath, ArgumentList }) {
    const { world } = this;
    const args = list(ArgumentList).map(text);
    this.act("Start-Process", { FilePath: text(FilePath), ArgumentList: args });
    if (args[0] === "/SDKINST") {
      const site = [...world.sites.values()].find((one) => one.server === this.computer) ?? refuse(`no site server is ${this.computer}`);
      world.roles.push({ site: site.code, server: args[1].toLowerCase(), role: "SMS Provider", ready: world.minutes });
      return { ExitCode: 0 };
    }
    if (args[0] !== "/SCRIPT") return { ExitCode: 1 };
    const file = basename(args[1].replaceAll('"', "").replaceAll("\\", "/"));
    const settings = new Map(readFileSync(join(folder, "setup_" + file), "utf8").split(/\r?\n/).map((line) => line.split("=")));
    const missing = ["schemaNamingContext", "defaultNamingContext"].filter((context) => !world.prepared.directory.has(context));
    if (missing.length > 0) return { ExitCode: 2 };
    if (!world.prepared.sql.has(settings.get("SQLServerName").toLowerCase())) return { ExitCode: 3 };
    const parent = settings.get("ParentSiteCode");
    if (parent && this.buildOf(this.site(parent)) !== builds[2603]) return { ExitCode: 4 }; // the media are those of the parent
    this.addSite(settings.get("SiteCode"), this.computer, parent && this.site(parent), false);
    return { ExitCode: 0 };
  }

  // remote runs a script block on another computer, which sees none of the variables here.
  remote(computer, parameters) {
    const { interpreter, world } = this;
    const outer = interpreter.scope, step = this.step();
    const tables = interpreter.standIns;
    interpreter.standIns = {
      ...this.language(),
      "get-localgroupmember": () => [...world.administrators].filter((entry) => entry.startsWith(computer + "/")).map((entry) => ({ SID: { Value: entry.slice(computer.length + 1) } })),
      "add-localgroupmember": ({ parameters: { Member } }) => {
        world.acts.push({ step, cmdlet: "Add-LocalGroupMember", parameters: { Computer: computer, Member: property(Member, "Value") }, pass: this.pass });
        world.administrators.add(key(computer, property(Member, "Value")));
        return [];
      },
      "get-itemproperty": () => world.prepared.wsus.has(computer) ? { ContentDir: "D:\\WSUS" } : [],
      "start-process": ({ parameters: { FilePath, ArgumentList } }) => {
        world.acts.push({ step, cmdlet: "Start-Process", parameters: { Computer: computer, FilePath, ArgumentList }, pass: this.pass });
        world.prepared.wsus.add(computer);
        return { ExitCode: 0 };
      },
    };
    interpreter.scope = new outer.constructor(null);
    try {
      return interpreter.call(parameters.ScriptBlock, { positional: list(parameters.ArgumentList) });
    } finally {
      interpreter.scope = outer;
      interpreter.standIns = tables;
    }
  }

  // instances answers the queries of the SMS Provider and of report servers.
  instances({ ComputerName, Namespace, ClassName, Query }) {
    const { world } = this;
    const space = text(Namespace);
    if (/ReportServer/i.test(space)) {
      if (!world.prepared.reports.has(text(ComputerName).toLowerCase())) return [];
      return ClassName === "__NAMESPACE" ? [{ Name: space.endsWith("ReportServer") ? "RS_SSRS" : "v16" }] : [{ IsInitialized: true }];
    }
    const code = /^root\\SMS\\site_(...)$/i.exec(space)?.[1] ?? refuse(`no namespace ${space}`);
    const site = world.sites.get(code.toUpperCase());
    if (!site) {
      const failure = new Failure(`there is no namespace ${space}`, "Microsoft.Management.Infrastructure.CimException");
      failure.Exception = { NativeErrorCode: "InvalidNamespace" };
      throw failure;
    }
    if (!world.roles.some((role) => role.site === site.code && role.role === "SMS Provider" && role.server === text(ComputerName).toLowerCase())) refuse(`${text(ComputerName)} is no SMS Provider of ${site.code}`);
    const query = text(Query);
    const value = (name) => new RegExp(`${name} = '([^']*)'`).exec(query)?.[1];
    const there = (role) => role.ready <= world.minutes && role.server === value("MachineName")?.toLowerCase() && role.component === value("Component");
    switch (/FROM (\w+)/.exec(query)[1]) {
      case "SMS_Site": return world.sites.has(value("SiteCode").toUpperCase()) ? [{ SiteCode: value("SiteCode") }] : [];
      case "SMS_StatusMessage": {
        const like = /LIKE '%([^']*)%'/.exec(query)?.[1];
        if (like) return world.roles.some((role) => role.server === like.toLowerCase() && role.role === "SMS Distribution Point" && role.ready <= world.minutes) ? [{ RecordID: 1 }] : [];
        return world.roles.some(there) ? [{ MessageID: 1015, Time: 1 }] : [];
      }
      case "SMS_ComponentSummarizer": return [];
      case "SMS_HA_SiteServerDetailedMonitoring": return (world.passive.get(value("SiteCode")) ?? Infinity) <= world.minutes ? [{ SubStageId: 917515, MessageTime: 1 }] : [];
    }
    return refuse(`no class of ${query}`);
  }

  // language are the cmdlets of PowerShell itself.
  language() {
    const { world } = this;
    const progress = () => world.progress.get(this.computer) ?? [];
    return {
      "where-object": ({ parameters, input, interpreter }) => list(input).filter((one) => parameters.FilterScript instanceof Block ?
        interpreter.call(parameters.FilterScript, { input: one }).some(truth) :
        text(property(one, text(parameters.Property))).toLowerCase() === text(parameters.Value).toLowerCase()),
      "foreach-object": ({ parameters, input, interpreter }) => list(input).flatMap((one) => interpreter.call(parameters.Process, { input: one })),
      "sort-object": ({ parameters, input }) => [...list(input)].sort((a, b) => property(a, text(parameters.Property)) - property(b, text(parameters.Property))),
      "select-object": ({ parameters, input }) => "First" in parameters ? list(input).slice(0, parameters.First) : list(input).slice(-parameters.Last),
      "get-location": () => ({ ProviderPath: "C:\\scripts" }),
      "set-location": ({ parameters }) => { this.location = text(parameters.LiteralPath ?? ""); return []; },
      "new-object": ({ parameters }) => this.object(text(parameters.TypeName), list(parameters.ArgumentList)),
      "join-path": ({ parameters }) => `${text(parameters.Path)}\\${text(parameters.ChildPath)}`,
      "split-path": ({ parameters }) => text(parameters.Path).split("\\").slice(0, -1).join("\\"),
      "test-path": ({ parameters }) => {
        const path = text(parameters.LiteralPath);
        if (path.startsWith("FileSystem::")) return world.prepared.shares.has(key(path.slice("FileSystem::".length)));
        return path.endsWith(".ini") || world.progress.has(this.computer);
      },
      "get-content": () => progress(),
      "add-content": ({ parameters }) => { world.progress.set(this.computer, [...progress(), text(parameters.Value)]); return []; },
      "select-string": () => false, // a person has filled in the scripts of Setup
      "get-module": () => this.module ? { Name: "ConfigurationManager" } : [],
      "import-module": () => { this.module = true; return []; },
      "get-psdrive": ({ parameters }) => this.drives.has(text(parameters.Name)) ? { Name: parameters.Name } : [],
      "new-psdrive": ({ parameters }) => {
        const site = world.sites.get(text(parameters.Name).toUpperCase());
        if (!site || site.secondary) refuse(`there is no site ${text(parameters.Name)} to make a drive of`);
        this.drives.add(text(parameters.Name));
        return { Name: parameters.Name };
      },
      "get-variable": ({ parameters, interpreter }) => interpreter.scope.root().find(text(parameters.Name).toLowerCase()) ?? null,
      "set-variable": ({ parameters, interpreter }) => { interpreter.set(text(parameters.Name), parameters.Value); return []; },
      "read-host": () => ({ input: "typed", secret: true }),
      "get-date": () => new Time(world.minutes),
      "start-sleep": () => { world.minutes += 5; return []; }, // as long as ten of them
      "write-warning": ({ parameters }) => { this.warnings.push(text(parameters.Message)); return []; },
      "write-verbose": () => [],
      "write-error": ({ parameters }) => { this.errors.push(text(parameters.Message)); return []; },
    };
  }

  object(type, args) {
    const { world } = this;
    switch (type) {
      case "System.Collections.ArrayList": return new List();
      case "System.DirectoryServices.DirectoryEntry": return { Properties: Table.of({ schemaNamingContext: { Value: "schemaNamingContext" }, defaultNamingContext: { Value: "defaultNamingContext" } }) };
      case "System.Security.Principal.NTAccount": return { Translate: () => ({ Value: "sid of " + text(args[0]) }) };
      case "System.Data.SqlClient.SqlConnection": {
        const server = /Server=tcp:([^,]+),/.exec(text(args[0]))[1].toLowerCase();
        return {
          Open: () => { if (!world.prepared.sql.has(server)) refuse("no connection"); },
          CreateCommand: () => ({ ExecuteScalar: () => "SQL_Latin1_General_CP1_CI_AS" }),
          Dispose: () => [],
        };
      }
    }
    throw new Error(`there is no stand-in for the type ${type}`);
  }

  types() {
    return {
      "System.DirectoryServices.DirectoryEntry::Exists": (path) => this.world.prepared.directory.has(text(path).split(",").at(-1)),
      "System.Net.Dns::GetHostEntry": () => ({ HostName: this.computer }),
      "Environment::GetEnvironmentVariable": () => null,
    };
  }
}

// byHand is what a person does about a step that the script leaves to one, and whether the
// script then finds it.
function byHand(world, step) {
  switch (step.action) {
    case "extend_schema": world.prepared.directory.add("schemaNamingContext"); return true;
    case "prepare_active_directory": world.prepared.directory.add("defaultNamingContext"); return true;
    case "prepare_database": world.prepared.sql.add(step.server.toLowerCase()); return true;
    case "prepare_report_server": world.prepared.reports.add(step.server.toLowerCase()); return true;
    case "prepare_content_library_share": world.prepared.shares.add(key(plan.libraries[step.site])); return true;
    default: return false;
  }
}

// inputs are the parameters of the script that the topology does not hold.
function inputs() {
  const given = {};
  for (const step of plan.steps) {
    for (const placeholder of step.placeholders ?? []) given[placeholder.name] = { input: placeholder.name, secret: placeholder.secret };
  }
  return given;
}

// pieces parses what comes before the steps, and each of these, once: what is spoiled differs
// in a line or two.
const parsed = new Map();
function pieces(source) {
  const at = source.indexOf("\nInvoke-Step ");
  return [source.slice(0, at), ...source.slice(at + 1).split("\n").filter((line) => line && !line.startsWith("#"))].map((piece) => piece + "\n").map((text) => {
    if (!parsed.has(text)) parsed.set(text, parse(text));
    return parsed.get(text);
  });
}

// walk runs the script until nothing is left, and returns what is wrong about it.
function walk(source) {
  let trees;
  try {
    trees = pieces(source);
  } catch (error) {
    return { problems: [error.message] };
  }
  const world = new World();
  const problems = [];
  const completed = new Set();
  const done = new Set();
  let computer = workstation;
  let runs = 0, last = "";
  try {
    for (; ; runs++) {
      if (runs > 40) {
        problems.push(`the script is not done after ${runs} runs: ${last}`);
        break;
      }
      const parameters = { ...inputs(), Completed: [...completed], ScriptFolder: "C:\\scripts", SetupPath: "E:\\setup.exe" };
      if (computer !== workstation) parameters.Phase = stepPhases.get(computer) ?? ["sites"];
      const run = new Run(world, computer, runs).start(trees, parameters);
      const reported = checkRun(run, world, done);
      problems.push(...reported);
      if (problems.length > 0) break;
      last = [...run.errors, ...run.warnings].join(" | ");
      if (run.code === 0 && computer === workstation) break;
      // A person does what is named, and starts the script where Setup has to run.
      let moved = null, acted = false;
      for (const warning of run.warnings) {
        const id = / is done by hand: /.test(warning) ? warning.split(" is done by hand: ")[0] : "";
        const step = stepOf.get(id);
        if (!step) continue;
        if (step.cmdlet) problems.push(`${id} is left to a person, and ${step.cmdlet} does it`);
        acted = true;
        if (!byHand(world, step)) completed.add(id);
      }
      for (const error of run.errors) {
        const setup = /^(.+?): Setup has to run on (\S+?)\. /.exec(error);
        if (setup) {
          moved ??= setup[2];
          stepPhases.set(setup[2], [stepOf.get(setup[1]).phase]);
        } else problems.push(error);
      }
      if (computer !== workstation) {
        computer = workstation;
        continue;
      }
      if (moved) computer = moved;
      else if (!acted) {
        problems.push(`nothing is left to a person, and the script is not done: ${last}`);
        break;
      }
      if (problems.length > 0) break;
    }
  } catch (error) {
    if (error instanceof Exit) throw error;
    problems.push(error.message);
  }
  if (problems.length === 0) {
    const found = new Set(world.progress.get(workstation));
    for (const step of plan.steps) if (!found.has(step.id)) problems.push(`${step.id} is never done`);
    problems.push(...checkActs(world));
  }
  return { problems, world, runs };
}

const stepPhases = new Map();

// checkRun holds the order of one run against the steps: what was done was done in their
// order, each after all that it requires, and nothing waits for what was done in this run.
function checkRun(run, world, done) {
  const problems = [];
  const own = [...new Set(world.acts.filter((act) => act.pass === run.pass).map((act) => act.step))];
  let at = -1;
  for (const id of own) {
    const place = plan.steps.findIndex((step) => step.id === id);
    if (place < 0) problems.push(`something is called outside of the steps: ${id}`);
    if (place < at) problems.push(`${id} comes too late: after ${plan.steps[at].id}`);
    at = place;
  }
  const now = new Set(world.progress.get(run.computer) ?? []);
  for (const warning of run.warnings) {
    const waits = /^(.+) waits for (.+)\.$/.exec(warning);
    if (!waits) continue;
    for (const id of waits[2].split(", ")) if (now.has(id)) problems.push(`${waits[1]} waits for ${id}, which comes after it`);
  }
  for (const id of own) {
    for (const required of stepOf.get(id)?.requires ?? []) {
      if (!now.has(required) && !done.has(required) && !(run.computer !== workstation)) problems.push(`${id} is done before ${required}, which it requires`);
    }
  }
  for (const id of now) done.add(id);
  return problems;
}

// checkActs compares what was called for each step with what the step is.
function checkActs(world) {
  const problems = [];
  const byStep = new Map();
  for (const act of world.acts) byStep.set(act.step, [...(byStep.get(act.step) ?? []), act]);
  let previous = -1, first = new Map();
  world.acts.forEach((act, place) => { if (!first.has(act.step)) first.set(act.step, place); });
  for (const step of plan.steps) {
    const acts = byStep.get(step.id) ?? [];
    // Started on another computer, the script sets again what it set on the first.
    const again = acts.filter((act) => act.pass !== acts[0].pass);
    for (const act of again) if (!act.cmdlet.startsWith("Set-")) problems.push(`${step.id} calls ${act.cmdlet} again`);
    const called = acts.filter((act) => !again.includes(act)).map((act) => `${act.cmdlet} ${JSON.stringify(sorted(act.parameters))}`);
    const wanted = expected(step);
    if (wanted && JSON.stringify(called) !== JSON.stringify(wanted)) problems.push(`${step.id} calls\n  ${called.join("\n  ")}\nexpected\n  ${wanted.join("\n  ")}`);
    for (const required of step.requires) {
      if (first.has(step.id) && first.has(required) && first.get(required) > first.get(step.id)) problems.push(`${step.id} is done before ${required}, which it requires`);
    }
  }
  return problems;
}

function sorted(parameters) {
  return Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, plain(value)]).sort(([a], [b]) => (a < b ? -1 : 1)));
}

// In PowerShell a list of one element is that element, wherever a statement returned it.
function plain(value) {
  if (Array.isArray(value) && value.length === 1) return plain(value[0]);
  if (value?.from) return { from: value.from };
  if (value?.input) return { input: value.input };
  return value;
}

// expected are the calls of a step, nested ones first, null where no cmdlet does it.
function expected(step) {
  switch (step.action) {
    case "setup": return [`Start-Process ${JSON.stringify({ ArgumentList: ["/SCRIPT", `"C:\\scripts\\${step.site}.ini"`], FilePath: "E:\\setup.exe" })}`];
    case "add_sms_provider": return [`Start-Process ${JSON.stringify({ ArgumentList: ["/SDKINST", step.server], FilePath: "D:\\ConfigMgr\\bin\\x64\\setup.exe" })}`];
    case "prepare_server": {
      const server = plan.servers[step.server];
      const calls = [];
      if (server.features.length > 0) calls.push(`Install-WindowsFeature ${JSON.stringify(sorted({ ComputerName: step.server, Name: server.features }))}`);
      for (const account of server.administrators) calls.push(`Add-LocalGroupMember ${JSON.stringify({ Computer: step.server, Member: "sid of " + account })}`);
      return plan.steps.find((other) => other.action === step.action && other.server === step.server) === step ? calls : null; // another site may have prepared the computer
    }
    case "prepare_wsus": return null;
  }
  if (!step.cmdlet) return [];
  const calls = [];
  const call = ({ cmdlet, parameters }) => {
    const values = {};
    for (const [name, value] of Object.entries(parameters)) {
      if (value?.cmdlet) {
        call(value);
        values[name] = { from: value.cmdlet };
      } else if (value?.placeholder) {
        const given = inputs()[value.placeholder];
        values[name] = plain(given);
      } else values[name] = value;
    }
    calls.push(`${step.action === "configure_boundary_groups" && cmdlet === "Set-CMBoundaryGroup" ? "New-CMBoundaryGroup" : cmdlet} ${JSON.stringify(sorted(values))}`);
  };
  call(step);
  return calls;
}

// spoiled are scripts that the steps do not say, each with what was done to it: the first
// step of each action, in each way.
function* spoiled() {
  const times = new Map();
  for (const [action, what, source] of everySpoiled()) {
    const kind = `${action} ${what.replace(/^\S+/, "")}`.replace(/swapped with .*/, "swapped");
    times.set(kind, (times.get(kind) ?? 0) + 1);
    if (times.get(kind) === 1 && source !== script) yield [what, source];
  }
}

function* everySpoiled() {
  const lines = script.split("\n");
  const at = (id) => lines.findIndex((line) => line.startsWith(`Invoke-Step -Id '${id}'`));
  const swapped = (a, b) => {
    const copy = [...lines];
    [copy[a], copy[b]] = [copy[b], copy[a]];
    return copy.join("\n");
  };
  for (const step of plan.steps) {
    const place = at(step.id);
    if (place < 0) {
      continue;
    }
    const line = lines[place];
    const changed = (other) => lines.with(place, other).join("\n");
    yield [step.action, `${step.id} left out`, changed("")];
    const before = step.requires.at(-1);
    if (before) yield [step.action, `${step.id} swapped with ${before}`, swapped(place, at(before))];
    if (!step.cmdlet) continue;
    yield [step.action, `${step.id} without its call`, changed(line.replace(/ -Run \{.*\}$/, ""))];
    yield [step.action, `${step.id} with another value`, changed(line.replace(/( -Run \{ \S+ -\S+ '[^']*)'/, "$1x'"))];
    yield [step.action, `${step.id} with another cmdlet`, changed(line.replace(/ -Run \{ (\w+)-CM\w+/, " -Run { $1-CMSomething"))];
  }
}

const { problems, world, runs } = walk(script);
for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exit(1);
console.log(`${plan.steps.length} steps in ${runs + 1} runs, ${world.acts.length} calls as the steps are`);

let noticed = 0;
const unnoticed = [];
for (const [what, source] of spoiled()) {
  stepPhases.clear();
  if (walk(source).problems.length > 0) noticed++;
  else unnoticed.push(what);
}
for (const what of unnoticed) console.error(`not noticed: ${what}`);
if (unnoticed.length > 0) process.exit(1);
console.log(`${noticed} scripts that were spoiled are noticed`);
