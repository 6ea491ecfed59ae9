global using Cake.Common.Diagnostics;
global using Cake.Common.IO;
global using Cake.Core;
global using Cake.Core.IO;
global using Cake.Frosting;
