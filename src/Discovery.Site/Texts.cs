// Pages of every library inject Words<Texts>; in this one the texts are the shared ones.
global using Texts = Discovery.Site.SiteTexts;
