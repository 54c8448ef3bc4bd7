package adopt

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
)

// assignment builds a role with the settings that its row says.
func (b *builder) assignment(server *model.Server, h *hostRows, role hostRole) *model.Assignment {
	a := &model.Assignment{Server: model.Known(server), Role: model.Known(role.key), Installed: model.Known(true)}
	r := role.row
	site, _ := server.Site.Get()
	code, _ := site.Code.Get()
	switch role.key {
	case "management_point":
		a.ManagementPoint = b.managementPoint(h, r)
	case "distribution_point":
		a.DistributionPoint = b.distributionPoint(h, r, b.sites[code])
	case "software_update_point":
		a.SoftwareUpdatePoint = b.updatePoint(r, b.sites[code])
	case "reporting_services_point":
		if r.embedded {
			a.ReportingServicesPoint = block(model.ReportingServicesPoint{
				DatabaseServer: b.computer(r, text2(r.prop(propRSPDatabase)), b.sites[code]), ReportServerInstance: text2(r.prop(propRSPInstance)),
				FolderName: text2(r.prop(propRSPFolder)), Account: text2(r.prop(propUserName)),
			})
		}
	case "service_connection_point":
		if offline, ok := truth(r.prop(propOffline)).Get(); ok {
			mode := model.ModeOnline
			if offline {
				mode = model.ModeOffline
			}
			a.ServiceConnectionPoint = block(model.ServiceConnectionPoint{Mode: model.Known(mode)})
		}
	case "enrollment_point":
		if r.embedded {
			a.EnrollmentPoint = block(model.EnrollmentPoint{DatabaseConnectionAccount: text2(r.prop(propUserName))})
		}
	case "enrollment_proxy_point":
		if name := b.computer(r, eitherText(r.prop(propServiceHost)), b.sites[code]); name.IsKnown() {
			a.EnrollmentProxyPoint = block(model.EnrollmentProxyPoint{EnrollmentPoint: name})
		}
	}
	return a
}

// block is a settings block, null when it says nothing.
func block[T comparable](settings T) model.Value[*T] {
	if settings == *new(T) {
		return model.Null[*T]()
	}
	return model.Known(&settings)
}

// computer reads the name of another computer, with or without an instance, completed
// where it can be.
func (b *builder) computer(r *row, v model.Value[string], s *siteRows) model.Value[string] {
	text, ok := v.Get()
	if !ok {
		return v
	}
	host, _, _ := strings.Cut(text, `\`)
	host = b.fullName(model.FoldHost(host), s)
	if !isHost(host) || !strings.Contains(host, ".") {
		b.note(NoteUndecided, r.String(), "%q is not the full name of a computer, and no single one of the export begins so: it is left out.", text)
		return model.Null[string]()
	}
	return model.Known(host)
}

// connections is what the two flags for internet and intranet mean together.
func connections(internet, intranet *prop) model.Value[string] {
	in, ok1 := truth(internet).Get()
	out, ok2 := truth(intranet).Get()
	switch {
	case !ok1 || !ok2 || !in && !out:
		return model.Null[string]()
	case in && out:
		return model.Known(model.ConnectionsInternetAndIntranet)
	case in:
		return model.Known(model.ConnectionsInternet)
	default:
		return model.Known(model.ConnectionsIntranet)
	}
}

func protocol(https bool) model.Value[string] {
	if https {
		return model.Known(model.ProtocolHTTPS)
	}
	return model.Known(model.ProtocolHTTP)
}

// managementPoint reads SslState of the row: 1 and 3 are HTTPS, 0 and 4 HTTP, 2 does not
// apply.
func (b *builder) managementPoint(h *hostRows, r *row) model.Value[*model.ManagementPoint] {
	mp := model.ManagementPoint{
		ClientConnections: connections(r.prop(propMPInternet), r.prop(propMPIntranet)),
		AllowCMGTraffic:   truth(r.prop(propAllowProxy)),
		DatabaseReplica:   model.Unknown[*model.DatabaseReplica](),
	}
	switch state, ok := r.get(propertySslState).integer(); {
	case ok && (state == 1 || state == 3):
		mp.Protocol = protocol(true)
	case ok && (state == 0 || state == 4):
		mp.Protocol = protocol(false)
	}
	mp.DatabaseConnectionAccount = eitherText(r.prop(propUserName))
	if h.facet(wmiDeviceMP) != nil {
		mp.AllowMobileDevices = model.Known(true)
	}
	if uses, ok := truth(r.prop(propUseSiteDatabase)).Get(); ok {
		mp.DatabaseReplica = model.Null[*model.DatabaseReplica]()
		if !uses {
			mp.DatabaseReplica = model.Known(b.replica(r))
		}
	}
	if groups := b.members[h.name]; len(groups) > 0 {
		mp.BoundaryGroups = sortedList(groups)
	}
	return model.Known(&mp)
}

func (b *builder) replica(r *row) *model.DatabaseReplica {
	replica := &model.DatabaseReplica{Server: b.computer(r, eitherText(r.prop(propSQLServerName)), nil)}
	if text, ok := eitherText(r.prop(propDatabaseName)).Get(); ok {
		instance, name, named := strings.Cut(text, `\`)
		if !named {
			instance, name = "", instance
		}
		replica.DatabaseName = model.Known(name)
		if instance != "" {
			replica.Instance = model.Known(instance)
		}
	}
	return replica
}

func sortedList(texts []string) model.Value[[]model.Value[string]] {
	sorted := slices.Clone(texts)
	slices.Sort(sorted)
	return model.Known(knownList(sorted))
}

const dpHTTPS = 63 // the value of SslState of a distribution point with HTTPS

func (b *builder) distributionPoint(h *hostRows, r *row, s *siteRows) model.Value[*model.DistributionPoint] {
	dp := &model.DistributionPoint{
		PullSources: model.Unknown[map[string]model.Value[int64]](), PXE: model.Unknown[string](), Multicast: model.Unknown[*model.Multicast](),
		PXEResponseDelay: number(r.prop(propResponseDelay), 0, 1<<31), MinimumFreeSpace: number(r.prop(propFreeSpace), 0, 1<<40),
		AllowPrestagedContent: truth(r.prop(propPrestaging)), AllowAnonymous: truth(r.prop(propAnonymous)),
		// Public scripts ask for distribution points with Connected Cache by DoincEnabled 1 (2026-11-28).
		ConnectedCache: truth(r.prop(propConnectedCache)),
	}
	// Public scripts write 0 for clients on the intranet only. What stands for the internet
	// alone, and what for both, no source says.
	if internet, ok := truth(r.prop(propInternetClients)).Get(); ok && !internet {
		dp.ClientConnections = model.Known(model.ConnectionsIntranet)
	}
	if p := r.prop(propSslState); p != nil {
		if n, ok := p.value().integer(); ok {
			dp.Protocol = protocol(n == dpHTTPS)
		}
	}
	b.pullSources(dp, r, s)
	if is, ok := truth(r.prop(propIsPXE)).Get(); ok {
		responder, known := truth(r.prop(propResponder)).Get()
		switch {
		case !is:
			dp.PXE, dp.PXEResponseDelay = model.Null[string](), model.Null[int64]()
		case known && responder:
			dp.PXE = model.Known(model.PXEResponder)
		case known:
			dp.PXE = model.Known(model.PXEWindowsDeploymentServices)
		}
	}
	if is, ok := truth(r.prop(propIsMulticast)).Get(); ok {
		dp.Multicast = model.Null[*model.Multicast]()
		if is {
			dp.Multicast = model.Known(multicast(h.facet(wmiMulticast)))
		}
	}
	b.drives(r, propContentDrives, &dp.PrimaryContentDrive, &dp.SecondaryContentDrive)
	b.drives(r, propPackageDrives, &dp.PrimaryPackageDrive, &dp.SecondaryPackageDrive)
	if p := r.prop(propCertificateFile); p != nil {
		dp.Certificate = model.Known(model.CertificateSelfSigned)
		if p.value1().given() {
			dp.Certificate = model.Known(model.CertificatePKI)
		}
	}
	b.expiration(r, dp)
	b.rateLimits(h, dp)
	if groups := b.members[h.name]; len(groups) > 0 || b.listed[classMember] && !b.hasGap(classMember) && !b.hasGap(classGroup) {
		dp.BoundaryGroups = sortedList(groups)
	}
	return model.Known(dp)
}

// pullSources reads the sources and their priorities, which stand in two lists of equal
// length.
func (b *builder) pullSources(dp *model.DistributionPoint, r *row, s *siteRows) {
	pull, ok := truth(r.prop(propIsPullDP)).Get()
	if !ok {
		return
	}
	if !pull {
		dp.PullSources = model.Null[map[string]model.Value[int64]]()
		return
	}
	paths, _ := r.list(listSources)
	ranks, _ := r.list(listRanks)
	sources := make(map[string]model.Value[int64], len(paths))
	for i, path := range paths {
		host := b.fullName(hostOfNAL(path.trimmed()), s)
		if host == "" {
			b.note(NoteNotModelled, r.String(), "The source %q of the pull-distribution point %s names no computer.", path.trimmed(), r.host())
			continue
		}
		rank := model.Null[int64]()
		if i < len(ranks) {
			if n, ok := ranks[i].integer(); ok {
				rank = model.Known(n)
			}
		}
		sources[host] = rank
	}
	if len(sources) > 0 { // otherwise they are not known
		dp.PullSources = model.Known(sources)
	}
}

func multicast(r *row) *model.Multicast {
	m := &model.Multicast{}
	if r != nil {
		m.MaximumClients = number(r.prop(propMulticastClients), 0, 1<<31)
		m.UDPPortStart = number(r.prop(propStartPort), 1, 1<<16-1)
		m.UDPPortEnd = number(r.prop(propEndPort), 1, 1<<16-1)
	}
	return m
}

// drives reads the letters of the primary and the secondary drive, in that order.
func (b *builder) drives(r *row, name nameID, primary, secondary *model.Value[string]) {
	p := r.prop(name)
	if p == nil || !p.value1().given() {
		return
	}
	letters := strings.ToUpper(p.value1().trimmed())
	for _, c := range letters {
		if c < 'A' || c > 'Z' || len(letters) > 2 {
			b.note(NoteUndecided, r.String(), "The drives %q of %s are not a first and a second letter, and are left out.", p.value1().trimmed(), r.host())
			return
		}
	}
	*primary = model.Known(letters[:1])
	if len(letters) == 2 {
		*secondary = model.Known(letters[1:])
	}
}

// fileTimeEpoch is 1601-01-01 in seconds of Unix time: a FILETIME counts steps of 100
// nanoseconds from there.
const fileTimeEpoch = -11644473600

// expiration reads the digits of a FILETIME.
func (b *builder) expiration(r *row, dp *model.DistributionPoint) {
	p := r.prop(propCertificateEnd)
	if p == nil || !p.value1().given() || p.value1().trimmed() == "0" {
		return
	}
	ticks, err := strconv.ParseInt(p.value1().trimmed(), 10, 64)
	if err != nil || ticks < 0 {
		b.note(NoteUndecided, r.String(), "%q is not the time at which a certificate expires, and is left out.", p.value1().trimmed())
		return
	}
	dp.CertificateExpiration = model.Known(time.Unix(ticks/10_000_000+fileTimeEpoch, 0).UTC().Format(time.DateOnly))
}

// rateLimits reads the address of a distribution point: without limits, by the hour where
// there is a schedule, and otherwise in pulse mode, as DocumentConfigMgrCB tells them apart.
func (b *builder) rateLimits(h *hostRows, dp *model.DistributionPoint) {
	r := b.addresses[h.name]
	if r == nil {
		return
	}
	unlimited, ok := r.get(propertyUnlimited).integer()
	if !ok {
		return
	}
	hours, listed := r.items(propertyRateSchedule)
	schedule := r.get(propertyRateSchedule)
	switch {
	case unlimited != 0:
		dp.RateLimits = model.Known(model.RateUnlimited)
	case len(hours) > 0 || schedule.given():
		dp.RateLimits = model.Known(model.RateHourly)
	case listed || schedule.kind == kindNull:
		dp.RateLimits = model.Known(model.RatePulse)
	}
}

func (b *builder) updatePoint(r *row, s *siteRows) model.Value[*model.SoftwareUpdatePoint] {
	if !r.embedded {
		return model.Null[*model.SoftwareUpdatePoint]()
	}
	sup := model.SoftwareUpdatePoint{
		ClientConnections: connections(r.prop(propSUPInternet), r.prop(propSUPIntranet)),
		AllowCMGTraffic:   truth(r.prop(propAllowProxy)),
		HTTPPort:          number(r.prop(propWSUSPort), 1, 1<<16-1), HTTPSPort: number(r.prop(propWSUSSSLPort), 1, 1<<16-1),
		UseProxy: truth(r.prop(propUseProxy)), UseProxyForRules: truth(r.prop(propProxyForADR)),
		WSUSConnectionAccount: text2(r.prop(propWSUSAccount)),
	}
	if https, ok := truth(r.prop(propSUPSSL)).Get(); ok {
		sup.Protocol = protocol(https)
	}
	if parent, ok := truth(r.prop(propParentWSUS)).Get(); ok && parent {
		sup.SynchronizationSource = model.Known(model.SyncParentSite)
	}
	if text, ok := text2(r.prop(propWSUSDatabase)).Get(); ok {
		sup.WSUSDatabaseServer = b.computer(r, model.Known(text), s)
		if _, instance, named := strings.Cut(text, `\`); named && instance != "" {
			sup.WSUSDatabaseInstance = model.Known(instance)
		}
	}
	return block(sup)
}
